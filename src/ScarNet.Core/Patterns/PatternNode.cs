using System.Text.Json;

namespace ScarNet.Core.Patterns;

/// <summary>What a pattern says of one member of an event.</summary>
internal abstract record PatternNode
{
    /// <param name="value">The member's value; null when the event has none.</param>
    /// <param name="assumeRest">Whether what is not there is taken for fitting.</param>
    public abstract bool Matches(JsonElement? value, bool assumeRest);
}

/// <summary>An object of a pattern: all its members must fit, and of each <c>$or</c> one.</summary>
/// <param name="Members">By name.</param>
/// <param name="Either">The objects of <c>$or</c>; empty when there is none.</param>
internal sealed record PatternObject(IReadOnlyList<(string Name, PatternNode Node)> Members, IReadOnlyList<PatternObject> Either) : PatternNode
{
    public override bool Matches(JsonElement? value, bool assumeRest) => value is { ValueKind: JsonValueKind.Array } list
        ? list.EnumerateArray().Any(item => MatchesOne(item, assumeRest))
        : MatchesOne(value, assumeRest);

    private bool MatchesOne(JsonElement? value, bool assumeRest) =>
        Members.All(member => Member(value, member.Name) is { } inner ? member.Node.Matches(inner, assumeRest) : assumeRest || member.Node.Matches(null, assumeRest))
        && (Either.Count == 0 || Either.Any(one => one.MatchesOne(value, assumeRest)));

    private static JsonElement? Member(JsonElement? value, string name) =>
        value is { ValueKind: JsonValueKind.Object } from && from.TryGetProperty(name, out var member) ? member : null;
}

/// <summary>The list at the end of a path: one of its matchers must fit, and of an event's list one item.</summary>
internal sealed record PatternLeaf(IReadOnlyList<Matcher> Matchers) : PatternNode
{
    public override bool Matches(JsonElement? value, bool assumeRest)
    {
        if (value is not { ValueKind: JsonValueKind.Array } list)
        {
            return Matchers.Any(matcher => matcher.Matches(value));
        }

        return list.GetArrayLength() == 0
            ? Matchers.Any(matcher => matcher.Matches(null))
            : list.EnumerateArray().Any(item => Matchers.Any(matcher => matcher.Matches(item)));
    }
}
