using System.Globalization;

namespace ScarNet.Core.Functions;

/// <summary>How many children of an array job may fail: a number as <c>5</c>, or a part of them as <c>10%</c>.</summary>
public static class ErrorTolerance
{
    private const int WholePercent = 100;

    public static bool IsOne(string text) => Parse(text) is not null;

    /// <summary>How many may fail of so many children; a part of a child is none.</summary>
    /// <param name="text">Null tolerates nothing.</param>
    /// <param name="size">Number of children.</param>
    public static int Of(string? text, int size) => text is null ? 0 : Parse(text) switch
    {
        (var percent, true) => (int)Math.Floor(size * percent / WholePercent),
        (var count, false) => (int)Math.Min(count, size),
        null => 0,
    };

    private static (decimal Value, bool IsPercent)? Parse(string text)
    {
        var isPercent = text.EndsWith('%');
        var style = isPercent ? NumberStyles.AllowDecimalPoint : NumberStyles.None;
        return decimal.TryParse(isPercent ? text[..^1] : text, style, CultureInfo.InvariantCulture, out var value) && (!isPercent || value <= WholePercent)
            ? (value, isPercent)
            : null;
    }
}
