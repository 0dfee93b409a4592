using Microsoft.Data.Sqlite;

namespace ScarNet.Local.Iam;

/// <summary>Managed policies by their ARN: the account's own, and the few of AWS's whose text the engine has.</summary>
/// <param name="account">Whose the others are.</param>
internal sealed class KnownPolicies(string account)
{
    private const string OfAws = "arn:aws:iam::aws:policy/";

    // Source: docs.aws.amazon.com/aws-managed-policy/latest/reference/
    private static readonly Dictionary<string, string> ofAws = new(StringComparer.Ordinal)
    {
        ["AdministratorAccess"] = Allow("*"),
        ["AmazonS3FullAccess"] = Allow("s3:*", "s3-object-lambda:*"),
        ["AmazonS3ReadOnlyAccess"] = Allow("s3:Get*", "s3:List*", "s3:Describe*", "s3-object-lambda:Get*", "s3-object-lambda:List*"),
        ["service-role/AWSLambdaBasicExecutionRole"] = Allow("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"),
        ["service-role/AWSLambdaVPCAccessExecutionRole"] = Allow(
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "ec2:CreateNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSubnets",
            "ec2:DeleteNetworkInterface",
            "ec2:AssignPrivateIpAddresses",
            "ec2:UnassignPrivateIpAddresses"),
        ["AmazonElasticFileSystemClientReadWriteAccess"] = Allow(
            "elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite", "elasticfilesystem:DescribeMountTargets"),
        ["AmazonElasticFileSystemClientFullAccess"] = Allow(
            "elasticfilesystem:ClientMount", "elasticfilesystem:ClientRootAccess", "elasticfilesystem:ClientWrite", "elasticfilesystem:DescribeMountTargets"),
        ["service-role/AmazonECSTaskExecutionRolePolicy"] = Allow(
            "ecr:GetAuthorizationToken",
            "ecr:BatchCheckLayerAvailability",
            "ecr:GetDownloadUrlForLayer",
            "ecr:BatchGetImage",
            "logs:CreateLogStream",
            "logs:PutLogEvents"),
    };

    /// <summary>Whether the engine has no text for a policy of AWS's.</summary>
    public static bool IsUnknown(string arn) => arn.StartsWith(OfAws, StringComparison.Ordinal) && !ofAws.ContainsKey(arn[OfAws.Length..]);

    public string Arn(PolicyRecord policy) => $"arn:aws:iam::{account}:policy{policy.Path}{policy.Name}";

    /// <summary>The account's own policy of an ARN; null when there is none.</summary>
    public PolicyRecord? Own(SqliteConnection db, string arn) =>
        PolicyStore.Find(db, arn[(arn.LastIndexOf('/') + 1)..]) is { } policy && Arn(policy) == arn ? policy : null;

    /// <summary>JSON of the policy of an ARN; null when the engine knows none.</summary>
    public string? Document(SqliteConnection db, string arn) =>
        arn.StartsWith(OfAws, StringComparison.Ordinal) ? ofAws.GetValueOrDefault(arn[OfAws.Length..]) : Own(db, arn)?.Document;

    private static string Allow(params string[] actions) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["{{string.Join("\",\"", actions)}}"],"Resource":"*"}]}""";
}
