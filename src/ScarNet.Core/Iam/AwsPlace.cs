namespace ScarNet.Core.Iam;

/// <summary>An account and region, as the names (ARNs) of what is in it begin.</summary>
/// <param name="Partition"><c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c>, …</param>
/// <param name="Region">The region's name.</param>
/// <param name="Account">Twelve digits.</param>
public sealed record AwsPlace(string Partition, string Region, string Account)
{
    /// <summary>Of a region that is not told otherwise: AWS's partitions by how their regions are named.</summary>
    public static AwsPlace In(string region, string account) => new(
        region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn"
            : region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov"
            : "aws",
        region,
        account);

    public string Bucket(string bucket) => $"arn:{Partition}:s3:::{bucket}";

    /// <param name="bucket">The bucket.</param>
    /// <param name="pattern">Key; '*' and '?' in it stand for themselves only when <see cref="PolicyText.Escape"/> has seen them.</param>
    public string Objects(string bucket, string pattern) => $"{Bucket(bucket)}/{pattern}";

    public string Function(string name) => $"arn:{Partition}:lambda:{Region}:{Account}:function:{name}";

    /// <param name="path">Begins and ends with '/'.</param>
    /// <param name="name">Of the role.</param>
    public string Role(string path, string name) => $"arn:{Partition}:iam::{Account}:role{path}{name}";

    /// <param name="path">Begins and ends with '/'.</param>
    /// <param name="name">Of the managed policy.</param>
    public string Policy(string path, string name) => $"arn:{Partition}:iam::{Account}:policy{path}{name}";

    /// <param name="path">Begins and ends with '/'.</param>
    /// <param name="name">Of the profile.</param>
    public string InstanceProfile(string path, string name) => $"arn:{Partition}:iam::{Account}:instance-profile{path}{name}";

    /// <summary>Every stream of a log group.</summary>
    public string LogStreams(string group) => $"arn:{Partition}:logs:{Region}:{Account}:log-group:{group}:*";

    /// <param name="queue">Name or ARN.</param>
    public string JobQueue(string queue) => IsArn(queue) ? queue : $"arn:{Partition}:batch:{Region}:{Account}:job-queue/{queue}";

    /// <summary>Every revision of a job definition.</summary>
    public string JobDefinition(string name) => $"arn:{Partition}:batch:{Region}:{Account}:job-definition/{name}:*";

    /// <summary>A secret of Secrets Manager, without the suffix that it has been given.</summary>
    public string Secret(string name) => $"arn:{Partition}:secretsmanager:{Region}:{Account}:secret:{name}";

    /// <param name="name">With or without the '/' it begins with.</param>
    public string Parameter(string name) => $"arn:{Partition}:ssm:{Region}:{Account}:parameter/{name.TrimStart('/')}";

    /// <param name="resource">Such as <c>key/…</c> or <c>alias/…</c>.</param>
    public string Kms(string resource) => $"arn:{Partition}:kms:{Region}:{Account}:{resource}";

    public static bool IsArn(string text) => text.StartsWith("arn:", StringComparison.Ordinal);
}
