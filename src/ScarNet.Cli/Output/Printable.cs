using System.Text;

namespace ScarNet.Cli.Output;

/// <summary>Untrusted text (keys, log lines) that must not move the cursor of the terminal it is shown on.</summary>
internal static class Printable
{
    /// <summary>The text with control characters written as <c>\x1b</c>.</summary>
    public static string Of(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        var printable = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            _ = char.IsControl(c) ? printable.Append($"\\x{(int)c:x2}") : printable.Append(c);
        }

        return printable.ToString();
    }
}
