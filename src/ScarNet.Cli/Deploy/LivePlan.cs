using ScarNet.Aws.Lambda.Model;
using ScarNet.Core;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Deploy;

/// <summary>What has to happen to a function's alias <c>live</c>, and to the versions behind it.</summary>
/// <param name="Alias">Publishes $LATEST and points the alias to it.</param>
/// <param name="Move">Comes before it where S3 calls the function itself until now; else null.</param>
/// <param name="Pruned">Old versions that go.</param>
/// <param name="Definitions">name:revision of every job definition that a kept version submits.</param>
internal sealed record LivePlan(Step Alias, Step? Move, IReadOnlyList<Step> Pruned, IReadOnlySet<string> Definitions)
{
    /// <summary>The one that is live, and those one can go back to.</summary>
    public const int Kept = 3;

    /// <param name="target">Where.</param>
    /// <param name="wanted">The function as it should be.</param>
    /// <param name="there">As it is.</param>
    /// <param name="definition">Its job definition; null when it has none.</param>
    /// <param name="functionStep">Makes $LATEST what it should be.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<LivePlan> Of(
        Target target, WantedFunction wanted, SeenFunction there, PlannedDefinition? definition, Step functionStep, CancellationToken cancellation)
    {
        var (name, spec, aliases) = (wanted.Plan.Name, wanted.Spec.Uploads[^1].Sha256, new LiveAliases(target));
        var step = new Step
        {
            Kind = StepKind.Create,
            Resource = "alias",
            Name = $"{name}:{Names.Live}",
            Function = name,
            Reason = "is what the function is called by",
            After = [functionStep],
            Action = (run, ct) => Carry(null, run, ct),
        };
        // A function that is made anew has no version.
        if (functionStep.Kind is StepKind.Create or StepKind.Replace || there.Live is not { } live)
        {
            var move = !there.IsCalledItself ? null
                : functionStep.Kind != StepKind.Replace ? Migration.Plan(target, name, functionStep)
                : throw new ScarException(
                    $"function '{name}' has to be made anew, and S3 still calls it without an alias: objects that come meanwhile would be lost",
                    "give it the kind of code that it had (an image, or none), run 'scarnet init', which makes the alias, and change it after that");
            return new(move is null ? step : step with { After = [functionStep, move] }, move, [], new HashSet<string>());
        }

        if (IsAsWanted(live))
        {
            return new(step with { Kind = StepKind.Keep, Reason = $"stands for version {live.Version}" }, null, [], new HashSet<string>());
        }

        var published = await aliases.Versions(name, cancellation);
        var newest = published is [var last, ..] && IsAsWanted(last) ? last.Version : null;
        step = step with
        {
            Kind = StepKind.Update,
            Reason = functionStep.Kind == StepKind.Keep
                ? "stands for another version than the file's: it was rolled back, or a run did not end"
                : "goes on to the version of the file",
            Changes = [new("version", live.Version, newest ?? $"{published.Select(LiveAliases.NumberOf).FirstOrDefault() + 1}")],
            Action = (run, ct) => Carry(live.Version, run, ct),
        };
        var old = Old(published, live.Version, isNew: newest is null);
        return new(
            step,
            null,
            [.. old.Select(version => Prune(aliases, name, version, step))],
            published.Except(old).Select(DefinitionOf).OfType<string>().ToHashSet());

        // Of its description a version has its own.
        bool IsAsWanted(FunctionConfiguration version) =>
            version.CodeSha256 == there.Function?.Configuration?.CodeSha256
            && LambdaFunctions.CodeDifferences(wanted, there.Function!).Count == 0
            && wanted.Differences(version, definition?.Revision).TrueForAll(change => change.Field == nameof(version.Description));

        async Task Carry(string? before, StepRun run, CancellationToken ct) =>
            await aliases.Point(name, await aliases.Publish(name, spec, ct), before, there.IsCalledItself ? null : run, ct);
    }

    /// <summary>Versions of ours that go when another is published (or the newest is live again).</summary>
    /// <param name="published">The newest first.</param>
    /// <param name="live">Which is live until now: it stays, whatever its number, since it is what one would go back to.</param>
    /// <param name="isNew">Whether one more comes.</param>
    internal static IReadOnlyList<FunctionConfiguration> Old(IReadOnlyList<FunctionConfiguration> published, string? live, bool isNew)
    {
        var stays = published.Take(isNew ? 0 : 1).Concat(published.Where(version => version.Version == live)).Concat(published).Distinct().Take(isNew ? Kept - 1 : Kept);
        return [.. published.Except(stays).Where(version => LiveAliases.SpecOf(version) is not null)];
    }

    private static string? DefinitionOf(FunctionConfiguration version) => version.Environment?.Variables?.GetValueOrDefault(SupervisorVariables.JobDefinition);

    private static Step Prune(LiveAliases aliases, string function, FunctionConfiguration version, Step after) => new()
    {
        Kind = StepKind.Delete,
        Resource = "version",
        Name = $"{function}:{version.Version}",
        Function = function,
        Reason = $"{Kept} are kept",
        After = [after],
        Action = (_, ct) => aliases.DeleteVersion(function, version.Version!, ct),
    };
}
