using Amazon;
using ScarNet.Aws;
using ScarNet.Core.Functions;
using ScarNet.Core.Iam;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Deploy;

/// <summary>An account and region, and what things are called there.</summary>
internal sealed record Target(AwsClients Clients, string Account, string Region)
{
    /// <summary>The account of the embedded engine. AWS gives no account this id.</summary>
    private const string EngineAccount = "000000000000";

    /// <summary>Whether this is the embedded engine: it needs no network and no launch template.</summary>
    public bool IsEngine => Account == EngineAccount;

    /// <summary>Where the machines of the region find S3.</summary>
    public string StorageUri => $"https://s3.{Region}.{RegionEndpoint.GetBySystemName(Region).PartitionDnsSuffix ?? "amazonaws.com"}";

    public string ArtifactBucket => ArtifactKeys.Bucket(Account, Region);

    /// <summary>How ARNs begin there.</summary>
    public AwsPlace Place => AwsPlace.In(Region, Account) is var place && RegionEndpoint.GetBySystemName(Region).PartitionName is { } partition
        ? place with { Partition = partition }
        : place;

    private string Partition => Place.Partition;

    public static async Task<Target> Of(AwsClients clients, CancellationToken cancellation) =>
        new(clients, await clients.Account(cancellation), clients.Region);

    /// <summary>Functions may name a profile or region of their own; the engine has but one.</summary>
    public static async Task<IReadOnlyList<(Target Target, IReadOnlyList<FunctionDefinition> Functions)>> Of(
        Pipeline pipeline, AwsClients clients, CancellationToken cancellation)
    {
        var main = await Of(clients, cancellation);
        if (main.IsEngine)
        {
            return [(main, pipeline.Functions)];
        }

        var groups = pipeline.Functions.GroupBy(f => clients.For(f.Profile, f.Region));
        return await Task.WhenAll(groups.Select(async group =>
            (await Of(group.Key, cancellation), (IReadOnlyList<FunctionDefinition>)[.. group])));
    }

    public string FunctionArn(string function) => $"arn:{Partition}:lambda:{Region}:{Account}:function:{function}";

    /// <summary>By its alias, as everything calls it.</summary>
    public string LiveArn(string function) => $"{FunctionArn(function)}:{Names.Live}";

    public string EventRuleArn(string rule) => $"arn:{Partition}:events:{Region}:{Account}:rule/{rule}";

    public string BucketArn(string bucket) => $"arn:{Partition}:s3:::{bucket}";

    /// <param name="role">ARN, or a name.</param>
    public string RoleArn(string role) => AwsPlace.IsArn(role) ? role : Place.Role("/", role);

    /// <summary>What Lambda runs the function as.</summary>
    public string RoleOf(FunctionDefinition function) => function.Role is { Length: > 0 } role
        ? RoleArn(role)
        : Place.Role(RoleDefinition.Path, RoleNames.Execution(function.Name, Region));

    /// <summary>What Batch runs its jobs as: its job role, else the role it names, else the one that <c>init</c> makes for its jobs.</summary>
    public string JobRoleOf(FunctionDefinition function) => (function.Batch.JobRole ?? function.Role) is { Length: > 0 } role
        ? RoleArn(role)
        : Place.Role(RoleDefinition.Path, RoleNames.Job(function.Name, Region));

    public string ArtifactBucketOf(FunctionDefinition function) => function.DeploymentBucket is { Length: > 0 } own ? own : ArtifactBucket;
}
