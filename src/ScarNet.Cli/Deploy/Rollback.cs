using ScarNet.Aws;
using ScarNet.Aws.Batch.Model;
using ScarNet.Aws.Lambda.Model;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Deploy;

/// <summary>Points aliases back to versions that are still there. Changes nothing else, and makes nothing.</summary>
public static class Rollback
{
    /// <summary>What a version does not hold.</summary>
    public const string Stays = "roles, notifications and rules, retries, concurrency, log retention, tags and buckets stay as they are";

    /// <summary>Functions of a file.</summary>
    /// <param name="pipeline">The file.</param>
    /// <param name="names">Which of them; none is all.</param>
    /// <param name="version">Version to go to; null is the one before.</param>
    /// <param name="clients">Where.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ScarException">There is nothing to go back to.</exception>
    public static async Task<DeployPlan> Plan(
        Pipeline pipeline, IReadOnlyList<string> names, string? version, AwsClients clients, CancellationToken cancellation)
    {
        var plans = await Task.WhenAll((await Target.Of(pipeline, clients, cancellation)).Select(part =>
            Plan(part.Target, [.. part.Functions.Select(f => f.Name).Where(name => names.Count == 0 || names.Contains(name))], version, names.Count > 0, cancellation)));
        return new([.. plans.SelectMany(steps => steps)]);
    }

    /// <summary>Functions known by name alone.</summary>
    /// <inheritdoc cref="Plan(Pipeline, IReadOnlyList{string}, string, AwsClients, CancellationToken)"/>
    public static async Task<DeployPlan> Plan(IReadOnlyList<string> names, string? version, AwsClients clients, CancellationToken cancellation) =>
        new(await Plan(await Target.Of(clients, cancellation), names, version, true, cancellation));

    private static async Task<Step[]> Plan(
        Target target, IReadOnlyList<string> functions, string? version, bool areNamed, CancellationToken cancellation) =>
        await Several.Select(functions, name => Plan(target, name, version, areNamed, cancellation));

    private static async Task<Step> Plan(Target target, string name, string? wanted, bool isNamed, CancellationToken cancellation)
    {
        if ((await new LambdaFunctions(target).Find(name, cancellation))?.Tags?.ContainsKey(Tags.Function) != true)
        {
            throw new ScarException($"there is no function '{name}' that scarnet made", "'scarnet ls' lists what is there");
        }

        var aliases = new LiveAliases(target);
        if (await aliases.Find(name, cancellation) is not { } live)
        {
            throw new ScarException($"function '{name}' has no versions yet: it was made before scarnet published any", "'scarnet init' publishes one");
        }

        var versions = await aliases.Versions(name, cancellation);
        var to = versions.FirstOrDefault(v => wanted is null ? LiveAliases.NumberOf(v) < LiveAliases.NumberOf(live) : v.Version == wanted);
        var step = new Step { Kind = StepKind.Keep, Resource = "alias", Name = $"{name}:{Names.Live}", Function = name, Reason = "" };
        if (to is null)
        {
            var missing = wanted is null ? $"no version before {live.Version}" : $"no version {wanted}";
            return wanted is null && !isNamed
                ? step with { Reason = $"there is {missing}" }
                : throw new ScarException($"function '{name}' has {missing}", $"it has {string.Join(", ", versions.Select(v => v.Version))}; {live.Version} is live");
        }

        if (to.Version == live.Version)
        {
            return step with { Reason = $"stands for version {live.Version} already" };
        }

        await Check(target, name, to, cancellation);
        return step with
        {
            Kind = StepKind.Update,
            Reason = $"goes {(LiveAliases.NumberOf(to) < LiveAliases.NumberOf(live) ? "back" : "on")} to what was published at {to.LastModified}",
            Changes = [new("version", live.Version, to.Version), .. VersionDifferences.Between(live, to)],
            Action = (run, ct) => aliases.Point(name, to.Version!, live.Version, run, ct),
        };
    }

    /// <summary>What its jobs need is checked now: in the version it cannot be changed any more.</summary>
    private static async Task Check(Target target, string name, FunctionConfiguration to, CancellationToken cancellation)
    {
        var variables = to.Environment?.Variables;
        if (variables?.GetValueOrDefault(SupervisorVariables.JobDefinition) is { } definition)
        {
            var found = await target.Clients.Batch.DescribeJobDefinitionsAsync(new DescribeJobDefinitionsRequest { JobDefinitions = [definition] }, cancellation);
            if (found.JobDefinitions?.Exists(d => d.Status == "ACTIVE") != true)
            {
                throw Gone(name, to, $"job definition '{definition}'");
            }
        }

        if (variables?.GetValueOrDefault(SupervisorVariables.JobQueue) is { } queue
            && (await target.Clients.Batch.DescribeJobQueuesAsync(new DescribeJobQueuesRequest { JobQueues = [queue] }, cancellation)).JobQueues is not { Count: > 0 })
        {
            throw Gone(name, to, $"job queue '{queue}'");
        }
    }

    private static ScarException Gone(string name, FunctionConfiguration to, string what) => new(
        $"version {to.Version} of function '{name}' hands its work to {what}, which is gone", "name another version with --to, or bring the old file back with 'scarnet init'");
}
