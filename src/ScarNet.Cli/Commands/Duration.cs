using System.Globalization;
using System.CommandLine;

namespace ScarNet.Cli.Commands;

/// <summary>A span of time as a person types it: <c>90s</c>, <c>10m</c>, <c>1h</c>, <c>2d</c>; a bare number is seconds.</summary>
internal static class Duration
{
    public static Option<TimeSpan?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (TryParse(text, out var time))
            {
                return time;
            }

            result.AddError($"'{text}' is no time for {name}: 90s, 10m, 1h or 2d");
            return null;
        },
    };

    public static bool TryParse(string text, out TimeSpan time)
    {
        var unit = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, >= '0' and <= '9' => 1, _ => 0 };
        var digits = text.Length > 0 && char.IsAsciiDigit(text[^1]) ? text : text[..Math.Max(0, text.Length - 1)];
        var parsed = double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount);
        var valid = parsed && unit > 0 && amount * unit <= TimeSpan.FromDays(365).TotalSeconds;
        time = valid ? TimeSpan.FromSeconds(amount * unit) : TimeSpan.Zero;
        return valid;
    }
}
