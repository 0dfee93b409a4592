using ScarNet.Aws.Batch.Model;
using ScarNet.Aws.Lambda.Model;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Deploy;

/// <summary>What there is of a function that is to go.</summary>
internal sealed record RemovalParts(string Name)
{
    /// <summary>Null when it is gone already.</summary>
    public GetFunctionResponse? Lambda { get; init; }

    public IReadOnlyList<JobDefinition> Definitions { get; init; } = [];

    public bool HasLogGroup { get; init; }

    public bool HasQueue { get; init; }

    public bool HasEnvironment { get; init; }

    public IReadOnlyList<FoundRole> Roles { get; init; } = [];

    /// <summary>What has the name of something of its own and is somebody else's.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>Whether a Lambda function of this name is somebody else's: then nothing of it is touched.</summary>
    public bool IsForeign => Lambda is { } found && found.Tags?.GetValueOrDefault(Tags.Function) != Name;

    /// <summary>Published versions: one of them may be live.</summary>
    public IReadOnlyList<FunctionConfiguration> Versions { get; init; } = [];

    /// <summary>Names of the queues that it submits to, and that its versions do; null when nobody can say: then its jobs may be in any.</summary>
    public IReadOnlyList<string>? Queues => Lambda?.Configuration is not { } latest || Versions.Append(latest).Any(version => version.Environment?.Error is not null)
        ? null
        : [.. Versions.Append(latest).Select(version => version.Environment?.Variables?.GetValueOrDefault(SupervisorVariables.JobQueue)?.Split('/')[^1]).OfType<string>().Distinct()];

    /// <param name="target">Where.</param>
    /// <param name="name">The function.</param>
    /// <param name="listed">All roles, where they have been read at once; null asks for each.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<RemovalParts> Find(
        Target target, string name, IReadOnlyDictionary<string, FoundRole>? listed, CancellationToken cancellation)
    {
        var function = new LambdaFunctions(target).Find(name, cancellation);
        var versions = new LiveAliases(target).Versions(name, cancellation);
        var active = new JobDefinitions(target).Active(Names.JobDefinition(name), cancellation);
        var group = new LogGroups(target).Find(Names.LogGroup(name), cancellation);
        var queue = new JobQueues(target).Find(Names.Own(name), cancellation);
        var environment = new ComputeEnvironments(target).Find(Names.Own(name), cancellation);
        var roles = new Roles(target);
        var own = Task.WhenAll(Deploy.Roles.NamesOf(name, target.Region).Select(
            role => listed is null ? roles.Find(role, cancellation) : Task.FromResult(listed.GetValueOrDefault(role))));
        await Task.WhenAll(function, versions, active, group, queue, environment, own);
        var others = new List<string>();
        // Lambda makes the group of a function that has none, without tags.
        var hasGroup = await group is { } found && (await function is not null || await new LogGroups(target).IsOf(found, name, cancellation) || IsOthers("log group", Names.LogGroup(name)));
        var hasQueue = await queue is { } itsQueue && (Tags.AreOf(itsQueue.Tags, name) || IsOthers("job queue", Names.Own(name)));
        var hasEnvironment = await environment is { } its && (Tags.AreOf(its.Tags, name) || IsOthers("compute environment", Names.Own(name)));
        return new(name)
        {
            Lambda = await function,
            Versions = await versions,
            Definitions = await active,
            HasLogGroup = hasGroup,
            HasQueue = hasQueue,
            HasEnvironment = hasEnvironment,
            Roles = [.. (await own).OfType<FoundRole>().Where(role => role.IsOf(name))],
            Others = others,
        };

        bool IsOthers(string resource, string its)
        {
            others.Add($"{resource} '{its}', which scarnet did not make for function '{name}'");
            return false;
        }
    }
}
