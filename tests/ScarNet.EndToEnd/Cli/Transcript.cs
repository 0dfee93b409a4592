using System.Text;
using System.Text.RegularExpressions;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Cli;

/// <summary>
/// A session at the shell, written as it looks: <c>$ command</c>, then its standard output, its standard error behind <c>! </c>, and
/// its exit code in brackets unless that is 0. <c>=== name</c> … <c>===</c> is a file. What differs from run to run is replaced.
/// </summary>
internal static partial class Transcript
{
    /// <summary>Carries the session out in a directory.</summary>
    /// <returns>The same session with what really happened.</returns>
    public static async Task<string> Replay(string text, string directory)
    {
        var bin = Path.Join(directory, "bin");
        Directory.CreateDirectory(bin);
        File.CreateSymbolicLink(Path.Join(bin, "scarnet"), Repository.Launcher);
        var work = Path.Join(directory, "work");
        Directory.CreateDirectory(work);
        var happened = new StringBuilder();
        var lines = new Queue<string>(text.Split('\n'));
        while (lines.TryDequeue(out var line))
        {
            if (line.StartsWith("=== ", StringComparison.Ordinal))
            {
                happened.Append(line).Append('\n').Append(WriteFile(Path.Join(work, line[4..]), lines));
            }
            else if (line.StartsWith("$ ", StringComparison.Ordinal))
            {
                happened.Append(line).Append('\n').Append(await Run(line[2..], work, bin));
                Skip(lines);
            }
            else
            {
                happened.Append(line).Append(lines.Count > 0 ? "\n" : "");
            }
        }

        return happened.ToString();
    }

    private static string WriteFile(string path, Queue<string> lines)
    {
        var content = new StringBuilder();
        while (lines.TryDequeue(out var line) && line != "===")
        {
            content.Append(line).Append('\n');
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content.ToString());
        return content + "===\n";
    }

    private static async Task<string> Run(string command, string work, string bin)
    {
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}",
            ["HOME"] = work,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };
        var result = await Command.Run("/bin/bash", ["-c", command], environment, work);
        var exit = result.ExitCode == 0 ? "" : $"[{result.ExitCode}]\n";
        return Steady(Prefixed(result.Output, "") + Prefixed(result.Error, "! ") + exit, work);
    }

    private static void Skip(Queue<string> lines)
    {
        while (lines.TryPeek(out var line) && line.Length > 0)
        {
            lines.Dequeue();
        }
    }

    /// <summary>Empty lines end an entry, so one in the output is shown as a dot.</summary>
    private static string Prefixed(string output, string prefix) =>
        string.Concat(output.TrimEnd('\n').Split('\n').Where((line, i) => i > 0 || line.Length > 0).Select(line => $"{prefix}{(line.Length == 0 ? "." : line)}\n"));

    private static string Steady(string text, string work) =>
        Keys().Replace(Times().Replace(Ids().Replace(Pids().Replace(Ports().Replace(text.Replace(work, "DIR", StringComparison.Ordinal), "127.0.0.1:PORT"), "$1PID"), "ID"), "TIME"), "$1KEY");

    [GeneratedRegex(@"127\.0\.0\.1:\d+", RegexOptions.None, 1000)]
    private static partial Regex Ports();

    [GeneratedRegex("""(pid |"pid": )\d+""", RegexOptions.None, 1000)]
    private static partial Regex Pids();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{64}|(?<=scarnet-machines-)[0-9a-f]{16}", RegexOptions.None, 1000)]
    private static partial Regex Ids();

    [GeneratedRegex(@"\b\d+(\.\d+)? s\b|\d{4}-\d\d-\d\dT[0-9:.]+Z", RegexOptions.None, 1000)]
    private static partial Regex Times();

    [GeneratedRegex(@"(AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY)""?[=:] ?)\S+", RegexOptions.None, 1000)]
    private static partial Regex Keys();
}
