namespace ScarNet.Cli.Output;

/// <summary>Text as one word of a POSIX shell.</summary>
internal static class ShellWord
{
    public static string Quote(string text) => "'" + text.Replace("'", @"'\''", StringComparison.Ordinal) + "'";
}
