using System.Globalization;

namespace ScarNet.Local.Wire;

/// <summary>Moments as events and messages of AWS have them.</summary>
internal static class IsoTime
{
    /// <summary>In UTC, with milliseconds: <c>2026-01-31T23:59:59.999Z</c>.</summary>
    public static string Milliseconds(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
