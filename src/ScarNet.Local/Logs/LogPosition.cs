using System.Globalization;

namespace ScarNet.Local.Logs;

/// <summary>A place in the order of events, and the paging tokens that are made of it.</summary>
/// <param name="Ms">Unix milliseconds of the event.</param>
/// <param name="Id">Its number.</param>
internal sealed record LogPosition(long Ms, long Id)
{
    public static readonly LogPosition Start = new(long.MinValue, 0);
    public static readonly LogPosition End = new(long.MaxValue, long.MaxValue);

    /// <summary>Token of GetLogEvents that reads what follows.</summary>
    public string Forward => $"f/{Digits}/s";

    /// <summary>Token of GetLogEvents that reads what precedes.</summary>
    public string Backward => $"b/{Digits}/s";

    /// <summary>Token of FilterLogEvents.</summary>
    public string Next => Digits;

    private string Digits => $"{(ulong)(Ms - long.MinValue):D20}{Id:D19}";

    /// <summary>Reads a token of GetLogEvents.</summary>
    public static bool TryParse(string token, out bool forward, out LogPosition position)
    {
        forward = token.StartsWith("f/", StringComparison.Ordinal);
        position = Start;
        return (forward || token.StartsWith("b/", StringComparison.Ordinal))
            && token.EndsWith("/s", StringComparison.Ordinal)
            && TryParseNext(token[2..^2], out position);
    }

    /// <summary>Reads a token of FilterLogEvents.</summary>
    public static bool TryParseNext(string digits, out LogPosition position)
    {
        position = Start;
        if (digits.Length != 39
            || !ulong.TryParse(digits.AsSpan(0, 20), NumberStyles.None, null, out var ms)
            || !long.TryParse(digits.AsSpan(20), NumberStyles.None, null, out var id))
        {
            return false;
        }

        position = new LogPosition(unchecked((long)ms + long.MinValue), id);
        return true;
    }
}
