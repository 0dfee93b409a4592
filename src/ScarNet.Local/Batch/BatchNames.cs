using System.Text.RegularExpressions;

namespace ScarNet.Local.Batch;

/// <summary>Names and ARNs of Batch's resources. Source: docs.aws.amazon.com/batch/latest/APIReference/</summary>
internal sealed partial class BatchNames(string region, string account)
{
    private readonly string prefix = $"arn:aws:batch:{region}:{account}:";

    public string ComputeEnvironment(string name) => $"{prefix}compute-environment/{name}";

    public string Queue(string name) => $"{prefix}job-queue/{name}";

    public string Definition(string name, long revision) => $"{prefix}job-definition/{name}:{revision}";

    public string Job(string id) => $"{prefix}job/{id}";

    public string Cluster(string computeEnvironment) =>
        $"arn:aws:ecs:{region}:{account}:cluster/AWSBatch-{computeEnvironment}";

    public string Task(string computeEnvironment, string taskId) =>
        $"arn:aws:ecs:{region}:{account}:task/AWSBatch-{computeEnvironment}/{taskId}";

    public string Instance(string computeEnvironment) =>
        $"arn:aws:ecs:{region}:{account}:container-instance/AWSBatch-{computeEnvironment}/local";

    /// <summary>The name in a name or ARN of one kind (such as <c>job-queue</c>).</summary>
    public string NameOf(string kind, string nameOrArn)
    {
        var start = $"{prefix}{kind}/";
        return nameOrArn.StartsWith(start, StringComparison.Ordinal) ? nameOrArn[start.Length..]
            : nameOrArn.StartsWith("arn:", StringComparison.Ordinal)
                ? throw BatchFault.Client($"'{nameOrArn}' is not the ARN of a {kind} of this engine: those begin with {start}")
            : nameOrArn;
    }

    /// <summary>Kind and name of an ARN, as the tag calls take it.</summary>
    public (string Kind, string Name) Split(string arn)
    {
        var rest = arn.StartsWith(prefix, StringComparison.Ordinal) ? arn[prefix.Length..].Split('/', 2) : [];
        return rest.Length == 2 ? (rest[0], rest[1]) : throw BatchFault.Client($"'{arn}' is not the ARN of a resource of this engine");
    }

    /// <summary>Compute environments, queues and definitions: up to 128 letters, digits, '-' and '_'.</summary>
    public static string Checked(string member, string name) => ResourceName.IsMatch(name)
        ? name
        : throw BatchFault.Client($"{member} '{name}' must be 1 to 128 letters, digits, hyphens and underscores");

    /// <summary>Jobs: the same, and the first is a letter or digit.</summary>
    public static string CheckedJob(string name) => ResourceName.IsMatch(name) && char.IsAsciiLetterOrDigit(name[0])
        ? name
        : throw BatchFault.Client(
            $"jobName '{name}' must begin with a letter or digit and be up to 128 letters, digits, hyphens and underscores");

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,128}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ResourceName { get; }
}
