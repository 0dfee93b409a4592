using System.Globalization;

namespace ScarNet.Local.S3;

internal static class S3Time
{
    /// <summary>ISO 8601 with whole seconds, as S3 writes times into documents.</summary>
    public static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'.000Z'", CultureInfo.InvariantCulture);
}
