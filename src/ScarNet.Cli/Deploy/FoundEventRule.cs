using RuleTarget = ScarNet.Aws.EventBridge.Model.Target;

namespace ScarNet.Cli.Deploy;

/// <summary>A rule of EventBridge as it is.</summary>
internal sealed record FoundEventRule(
    string Name, string Arn, string Pattern, string State, IReadOnlyList<RuleTarget> Targets, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>Buckets whose EventBridge was switched on for it, or for one that it took this over from.</summary>
    public IReadOnlyList<string> SwitchedOn =>
        [.. Tags.Keys.Where(key => key.StartsWith(Deploy.Tags.SwitchedOn, StringComparison.Ordinal)).Select(key => key[Deploy.Tags.SwitchedOn.Length..])];

    public bool IsOf(string function) => Tags.GetValueOrDefault(Deploy.Tags.Function) == function;
}
