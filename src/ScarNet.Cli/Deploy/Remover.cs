using ScarNet.Core.Functions;

namespace ScarNet.Cli.Deploy;

/// <summary>
/// Says how to take away what <see cref="Planner"/>'s plans made. Works from the account, so it takes away functions whose file is lost
/// and does not mind what is gone already. Buckets and what is in them stay unless it is told otherwise.
/// </summary>
public static class Remover
{
    /// <summary>Everything of the functions of a file.</summary>
    public static async Task<DeployPlan> Plan(
        Pipeline pipeline, DeploySettings settings, bool deleteBuckets, JobFate jobs, CancellationToken cancellation)
    {
        var plans = await Task.WhenAll((await Target.Of(pipeline, settings.Clients, cancellation)).Select(part =>
            new RemovalBuilder(part.Target, deleteBuckets, jobs, settings.Clock).Build(
                [.. part.Functions.Select(f => f.Name)],
                [.. part.Functions.SelectMany(f => f.Triggers.Select(t => t.Bucket).Concat(f.Outputs.Select(o => o.Bucket))).Distinct()],
                [.. part.Functions.Select(part.Target.ArtifactBucketOf).Distinct()],
                [.. part.Functions.Select(f => f.Batch.Queue).OfType<string>().Distinct()],
                cancellation)));
        return new DeployPlan([.. plans.SelectMany(plan => plan.Steps)]) { Kept = [.. plans.SelectMany(plan => plan.Kept)] };
    }

    /// <summary>Everything of functions known by name alone. Of their buckets only those that start them are known then.</summary>
    public static async Task<DeployPlan> Plan(
        IReadOnlyList<string> functions, DeploySettings settings, bool deleteBuckets, JobFate jobs, CancellationToken cancellation)
    {
        var target = await Target.Of(settings.Clients, cancellation);
        return await new RemovalBuilder(target, deleteBuckets, jobs, settings.Clock).Build(functions, [], [], [], cancellation);
    }
}
