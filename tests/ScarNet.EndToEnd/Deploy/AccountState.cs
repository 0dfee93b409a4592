using System.Text.Json;
using System.Text.RegularExpressions;
using ScarNet.Aws;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>All that <c>init</c> could have made in an account, as text: alike for accounts that are alike.</summary>
internal static partial class AccountState
{
    public static async Task<IReadOnlyList<string>> Read(AwsClients clients, CancellationToken cancellation)
    {
        var lines = new List<string>();
        foreach (var bucket in (await clients.S3.ListBucketsAsync(cancellation)).Buckets ?? [])
        {
            var access = await clients.S3.GetPublicAccessBlockAsync(new() { BucketName = bucket.BucketName }, cancellation);
            var encryption = await clients.S3.GetBucketEncryptionAsync(new() { BucketName = bucket.BucketName }, cancellation);
            lines.Add($"bucket {bucket.BucketName} {Text(access.PublicAccessBlockConfiguration)} {Text(encryption.ServerSideEncryptionConfiguration)}");
            var notifications = await clients.S3.GetBucketNotificationAsync(bucket.BucketName, cancellation);
            lines.Add($"EventBridge of {bucket.BucketName}: {notifications.EventBridgeConfiguration is not null}");
            lines.AddRange((notifications.LambdaFunctionConfigurations ?? []).Select(n => $"notification of {bucket.BucketName}: {Text(n)}"));
            var objects = await clients.S3.ListObjectsV2Async(new() { BucketName = bucket.BucketName }, cancellation);
            lines.AddRange((objects.S3Objects ?? []).Select(o => $"object {bucket.BucketName}/{o.Key} {o.ETag}"));
        }

        foreach (var function in (await clients.Lambda.ListFunctionsAsync(new(), cancellation)).Functions ?? [])
        {
            var found = await clients.Lambda.GetFunctionAsync(new() { FunctionName = function.FunctionName }, cancellation);
            lines.Add($"function {Text(found.Configuration)} {Text(found.Tags)}");
            foreach (var qualifier in (string?[])[null, "live"])
            {
                lines.Add($"policy {function.FunctionName} {qualifier}: {await Maybe(async () => (await clients.Lambda.GetPolicyAsync(new() { FunctionName = function.FunctionName, Qualifier = qualifier }, cancellation)).Policy)}");
                lines.Add($"retries {function.FunctionName} {qualifier}: {await Maybe(() => Retries(clients, function.FunctionName, qualifier, cancellation))}");
            }

            var versions = (await clients.Lambda.ListVersionsByFunctionAsync(new() { FunctionName = function.FunctionName }, cancellation)).Versions!;
            var live = await Maybe(async () => (await clients.Lambda.GetAliasAsync(new() { FunctionName = function.FunctionName, Name = "live" }, cancellation)).FunctionVersion);
            lines.Add($"live {function.FunctionName}: {Text(versions.Find(version => version.Version == live))}");
            lines.AddRange(versions.Select(version => $"version of {version.FunctionName} {version.CodeSha256} {version.Description}"));
            lines.Add($"concurrency {function.FunctionName}: {found.Concurrency?.ReservedConcurrentExecutions}");
        }

        foreach (var rule in (await clients.EventBridge.ListRulesAsync(new(), cancellation)).Rules ?? [])
        {
            var targets = await clients.EventBridge.ListTargetsByRuleAsync(new() { Rule = rule.Name }, cancellation);
            var tags = await clients.EventBridge.ListTagsForResourceAsync(new() { ResourceARN = rule.Arn }, cancellation);
            lines.Add($"rule {Text(rule)} {Text(targets.Targets)} {Text(tags.Tags?.OrderBy(tag => tag.Key, StringComparer.Ordinal))}");
        }

        foreach (var role in (await clients.Iam.ListRolesAsync(new() { PathPrefix = "/scarnet/" }, cancellation)).Roles)
        {
            var policies = (await clients.Iam.ListRolePoliciesAsync(new() { RoleName = role.RoleName }, cancellation)).PolicyNames;
            var documents = await Task.WhenAll((policies ?? []).Select(async policy =>
                (await clients.Iam.GetRolePolicyAsync(new() { RoleName = role.RoleName, PolicyName = policy }, cancellation)).PolicyDocument));
            lines.Add($"role {role.RoleName} {role.AssumeRolePolicyDocument} {string.Join(' ', documents)}");
        }

        lines.AddRange(((await clients.Batch.DescribeJobDefinitionsAsync(new() { Status = "ACTIVE" }, cancellation)).JobDefinitions ?? []).Select(d => $"definition {Text(d)}"));
        lines.AddRange(((await clients.Batch.DescribeJobQueuesAsync(new(), cancellation)).JobQueues ?? []).Select(q => $"queue {Text(q)}"));
        lines.AddRange(((await clients.Batch.DescribeComputeEnvironmentsAsync(new(), cancellation)).ComputeEnvironments ?? []).Select(e => $"environment {Text(e)}"));
        lines.AddRange(((await clients.Ec2.DescribeLaunchTemplatesAsync(new(), cancellation)).LaunchTemplates ?? []).Select(t => $"template {t.LaunchTemplateName} {Text(t.Tags)}"));
        lines.AddRange(((await clients.Logs.DescribeLogGroupsAsync(new(), cancellation)).LogGroups ?? []).Select(g => $"group {g.LogGroupName} {g.RetentionInDays}"));
        return [.. lines.Select(line => Volatile().Replace(line, "")).Distinct().Order(StringComparer.Ordinal)];
    }

    private static async Task<string?> Retries(AwsClients clients, string? function, string? qualifier, CancellationToken cancellation)
    {
        var config = await clients.Lambda.GetFunctionEventInvokeConfigAsync(new() { FunctionName = function, Qualifier = qualifier }, cancellation);
        return $"{config.MaximumRetryAttempts} {Text(config.DestinationConfig)}";
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value);

    private static async Task<string> Maybe(Func<Task<string?>> read)
    {
        try
        {
            return await read() ?? "";
        }
        catch (Amazon.Runtime.AmazonServiceException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            return "none";
        }
    }

    // Times, ids, the numbers of revisions and the names of runs are new each time.
    [GeneratedRegex("\"scarnet:run\":\"[0-9a-f]*\",?|\"(LastModified|RevisionId|CreatedAt|EcsClusterArn|Uuid)\":(\"[^\"]*\"|[0-9.]+),?|\"Revision\":[0-9]+,?|\"Version\":\"[0-9]+\",?|(?<=job-definition/[A-Za-z0-9_-]+|function:[A-Za-z0-9_-]+|SCARNET_JOB_DEFINITION\":\"[A-Za-z0-9_-]+):[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Volatile();
}
