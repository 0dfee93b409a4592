using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Yaml;

namespace ScarNet.Cli.Definitions.Values;

/// <summary>Values with a unit.</summary>
internal static partial class Units
{
    /// <summary>Seconds, or numbers with s, m, h or d: <c>90</c>, <c>90s</c>, <c>1h30m</c>.</summary>
    public static readonly Kind<TimeSpan> Duration = new("duration", ReadDuration);

    /// <summary>MiB, or a number with MiB or GiB: <c>512</c>, <c>2GiB</c>, <c>1.5 GiB</c>.</summary>
    public static readonly Kind<int> Memory = new("memory", ReadMemory);

    public static bool TryParseDuration(string text, out TimeSpan duration)
    {
        duration = default;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return TryFromSeconds(seconds, out duration);
        }

        var match = DurationPattern().Match(text);
        return match.Success && text.Length > 0 && TryFromSeconds(
            (Part(match, "d") * 86400) + (Part(match, "h") * 3600) + (Part(match, "m") * 60) + Part(match, "s"), out duration);
    }

    public static bool TryParseMemory(string text, out int mebibytes)
    {
        var match = MemoryPattern().Match(text);
        mebibytes = 0;
        if (!match.Success || !double.TryParse(match.Groups["n"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var total = match.Groups["g"].Success ? number * 1024 : number;
        if (total != Math.Floor(total) || total > int.MaxValue)
        {
            return false;
        }

        mebibytes = (int)total;
        return true;
    }

    private static bool ReadDuration(Reading reading, YamlNode node, string field, out TimeSpan value)
    {
        value = default;
        if (node is YamlText text && TryParseDuration(text.Text, out value))
        {
            return true;
        }

        reading.WrongType(node, field, "a duration", "seconds, or with a unit: 90, 90s, 15m, 1h30m");
        return false;
    }

    private static bool ReadMemory(Reading reading, YamlNode node, string field, out int value)
    {
        value = 0;
        if (node is YamlText text && TryParseMemory(text.Text, out value))
        {
            return true;
        }

        reading.WrongType(node, field, "a memory size", "whole MiB, or with a unit: 512, 512MiB, 2GiB");
        return false;
    }

    private static bool TryFromSeconds(double seconds, out TimeSpan duration)
    {
        var fits = seconds <= TimeSpan.FromDays(3650).TotalSeconds;
        duration = fits ? TimeSpan.FromSeconds(seconds) : default;
        return fits;
    }

    private static double Part(Match match, string name) =>
        match.Groups[name] is { Success: true } group ? double.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?:(?<d>\d{1,9})d)?(?:(?<h>\d{1,9})h)?(?:(?<m>\d{1,9})m)?(?:(?<s>\d{1,9}(?:\.\d{1,9})?)s)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DurationPattern();

    [GeneratedRegex(@"^(?<n>\d{1,12}(?:\.\d{1,6})?) ?(?:(?<g>GiB|Gi)|MiB|Mi)?$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex MemoryPattern();
}
