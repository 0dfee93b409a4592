using Amazon;
using Amazon.Runtime;
using Amazon.S3.Model;
using ScarNet.Aws;
using ScarNet.Aws.Batch.Model;
using ScarNet.Aws.Iam.Model;
using ScarNet.Aws.Lambda.Model;
using ScarNet.Cli.Deploy;
using ScarNet.Cli.Deployed;
using ScarNet.Cli.Foundation;

namespace ScarNet.Cli.Health;

/// <summary>Looks at the account and region that the credentials are for. Changes nothing.</summary>
/// <param name="target">Them.</param>
/// <param name="supervisor">Path of the supervisor's binary; null when there is none.</param>
/// <param name="stackName">Name of the foundation's stack.</param>
/// <param name="functions">Those of ScarNet in the account: some calls for each, so they are read once for all looks.</param>
internal sealed class AccountLooks(Target target, string? supervisor, string stackName, Task<IReadOnlyList<DeployedFunction>> functions)
{
    // Sources: docs.aws.amazon.com/AmazonS3/latest/userguide/BucketRestrictions.html and …/notification-how-to-event-types-and-destinations.html,
    // docs.aws.amazon.com/batch/latest/userguide/service_limits.html
    private const int Buckets = 10_000;
    private const int Notifications = 100;
    private const int Queues = 50;
    private const int ComputeEnvironments = 50;

    private readonly AwsClients clients = target.Clients;

    public IReadOnlyList<(string Check, bool TakesLonger, Func<CancellationToken, Task<IReadOnlyList<Finding>>> Look)> All =>
    [
        ("foundation", false, Foundation),
        ("roles", true, Roles),
        ("quota", false, LambdaQuotas),
        ("quota", true, BucketQuotas),
        ("quota", false, BatchQuotas),
        ("network", true, new NetworkLooks(target, functions).Look),
    ];

    /// <summary>How far this machine's clock is ahead, by the date of any answer of the region's STS or of the endpoint that is set.</summary>
    public static async Task<IReadOnlyList<Finding>> Clock(string region, TimeProvider clock, CancellationToken cancellation)
    {
        var endpoint = System.Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL") is { Length: > 0 } given
            ? given
            : $"https://sts.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}/";
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        return answer.Headers.Date is { } there
            ? [MachineVerdicts.Clock(clock.GetUtcNow() - there)]
            : [Finding.Warning("clock", $"{endpoint} does not say what time it is", "is it AWS's?")];
    }

    private async Task<IReadOnlyList<Finding>> Foundation(CancellationToken cancellation)
    {
        var stack = await new Stacks(clients.CloudFormation, stackName).Find(cancellation);
        var code = supervisor is null ? null : await FoundationCode.Of(supervisor, cancellation);
        var buckets = await clients.S3.ListBucketsAsync(new ListBucketsRequest { Prefix = target.ArtifactBucket }, cancellation);
        return [AccountVerdicts.Foundation(stack, stackName, code?.Key, target.ArtifactBucket, buckets.Buckets?.Exists(b => b.BucketName == target.ArtifactBucket) == true)];
    }

    private async Task<IReadOnlyList<Finding>> Roles(CancellationToken cancellation)
    {
        var roles = (await functions.WaitAsync(cancellation)).ToDictionary(function => function.Name, function => function.Role);
        var there = await Task.WhenAll(roles.Values.Distinct().Select(async role => (role, IsThere: await IsThere(role, cancellation))));
        var gone = there.Where(role => !role.IsThere).Select(role => role.role).ToHashSet();
        return [AccountVerdicts.Roles(roles.Count, roles.Where(pair => gone.Contains(pair.Value)).ToDictionary())];
    }

    private async Task<bool> IsThere(string role, CancellationToken cancellation)
    {
        try
        {
            await clients.Iam.GetRoleAsync(new GetRoleRequest { RoleName = role[(role.LastIndexOf('/') + 1)..] }, cancellation);
            return true;
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "NoSuchEntity")
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<Finding>> LambdaQuotas(CancellationToken cancellation)
    {
        var settings = await clients.Lambda.GetAccountSettingsAsync(new GetAccountSettingsRequest(), cancellation);
        var findings = new List<Finding>();
        if (settings is { AccountLimit.TotalCodeSize: { } codeLimit, AccountUsage.TotalCodeSize: { } code })
        {
            findings.Add(AccountVerdicts.CodeStorage(code, codeLimit));
        }

        if (settings.AccountLimit is { ConcurrentExecutions: { } all, UnreservedConcurrentExecutions: { } free })
        {
            // Lambda keeps 100 for functions that reserve none. Source: docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
            findings.Add(all <= 100
                ? Finding.Warning("quota", $"only {all} Lambda invocations at once", "aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000")
                : AccountVerdicts.Quota("Lambda invocations at once reserved", all - free, all - 100, "lambda", "L-B99A9384"));
        }

        return findings;
    }

    private async Task<IReadOnlyList<Finding>> BucketQuotas(CancellationToken cancellation)
    {
        var names = new List<string>();
        var request = new ListBucketsRequest();
        do
        {
            var page = await clients.S3.ListBucketsAsync(request, cancellation);
            names.AddRange(page.Buckets?.Select(bucket => bucket.BucketName) ?? []);
            request.ContinuationToken = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(request.ContinuationToken));
        var watched = (await functions.WaitAsync(cancellation)).SelectMany(f => f.Spec?.Triggers ?? []).Select(trigger => trigger.Bucket).Distinct();
        var counts = await Task.WhenAll(watched.Where(names.Contains).Select(async bucket =>
        {
            var notifications = await clients.S3.GetBucketNotificationAsync(new GetBucketNotificationRequest { BucketName = bucket }, cancellation);
            var used = (notifications.LambdaFunctionConfigurations?.Count ?? 0) + (notifications.QueueConfigurations?.Count ?? 0) + (notifications.TopicConfigurations?.Count ?? 0);
            return AccountVerdicts.Quota($"notifications of bucket '{bucket}'", used, Notifications, "s3", null);
        }));
        return [AccountVerdicts.Quota("buckets", names.Count, Buckets, "s3", "L-DC2B2D3D"), .. counts.Where(finding => finding.Level != Level.Ok)];
    }

    // Batch names no limit; but each deregistered revision is kept for 180 days, and plan reads all active ones of a function.
    private async Task<IReadOnlyList<Finding>> Revisions(CancellationToken cancellation)
    {
        var active = new Dictionary<string, int>();
        var request = new DescribeJobDefinitionsRequest { Status = "ACTIVE" };
        do
        {
            var page = await clients.Batch.DescribeJobDefinitionsAsync(request, cancellation);
            foreach (var definition in page.JobDefinitions?.Where(d => d.JobDefinitionName!.StartsWith(Names.JobDefinition(""), StringComparison.Ordinal)) ?? [])
            {
                active[definition.JobDefinitionName!] = active.GetValueOrDefault(definition.JobDefinitionName!) + 1;
            }

            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
        return AccountVerdicts.Revisions(active);
    }

    private async Task<IReadOnlyList<Finding>> BatchQuotas(CancellationToken cancellation)
    {
        var queues = 0;
        var asked = new DescribeJobQueuesRequest();
        do
        {
            var page = await clients.Batch.DescribeJobQueuesAsync(asked, cancellation);
            queues += page.JobQueues?.Count ?? 0;
            asked.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(asked.NextToken));
        var environments = 0;
        var request = new DescribeComputeEnvironmentsRequest();
        do
        {
            var page = await clients.Batch.DescribeComputeEnvironmentsAsync(request, cancellation);
            environments += page.ComputeEnvironments?.Count ?? 0;
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
        return
        [
            AccountVerdicts.Quota("job queues", queues, Queues, "batch", null),
            AccountVerdicts.Quota("compute environments", environments, ComputeEnvironments, "batch", null),
            .. await Revisions(cancellation),
        ];
    }
}
