using ScarNet.Cli.Logs;

namespace ScarNet.Cli.Output;

/// <summary>A log line as <c>scarnet log</c> prints it.</summary>
internal static class LogText
{
    /// <param name="line">The line.</param>
    /// <param name="forEyes">Whether it goes to a terminal: then it must not move the cursor there.</param>
    public static string Of(LogLine line, bool forEyes) =>
        $"{line.Time:yyyy-MM-ddTHH:mm:ss.fffZ}  {(forEyes ? ForEyes(line.Message) : line.Message)}";

    /// <summary>A line of a log as a terminal may show it; Lambda's own have tabs.</summary>
    public static string ForEyes(string message) => Printable.Of(message.Replace('\t', ' '));
}
