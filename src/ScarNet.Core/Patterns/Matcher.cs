using System.Text.Json;

namespace ScarNet.Core.Patterns;

/// <summary>One item of the list at the end of a pattern's path.</summary>
internal abstract record Matcher
{
    /// <param name="value">A single value; null when the event has none.</param>
    public abstract bool Matches(JsonElement? value);
}

/// <summary>A text, by one comparison.</summary>
internal sealed record TextMatcher(Func<string, bool> Test) : Matcher
{
    public override bool Matches(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text && Test(text.GetString()!);
}

/// <summary>true, false, null, or a number, which is compared as it is written: 300 is not 300.0.</summary>
internal sealed record LiteralMatcher(JsonValueKind Kind, string Text) : Matcher
{
    public override bool Matches(JsonElement? value) => value is { } given && given.ValueKind == Kind && given.GetRawText() == Text;
}

/// <summary>A number inside bounds.</summary>
internal sealed record NumberMatcher(IReadOnlyList<Func<double, bool>> Bounds) : Matcher
{
    public override bool Matches(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var given) && Bounds.All(bound => bound(given));
}

/// <summary>Whether there is a value at all; an object is none.</summary>
internal sealed record ExistsMatcher(bool Wanted) : Matcher
{
    public override bool Matches(JsonElement? value) => value is { ValueKind: not JsonValueKind.Object } == Wanted;
}

/// <summary>A value that none of the others fits.</summary>
internal sealed record AnythingBut(IReadOnlyList<Matcher> Others) : Matcher
{
    public override bool Matches(JsonElement? value) =>
        value is { ValueKind: not JsonValueKind.Object } && !Others.Any(other => other.Matches(value));
}
