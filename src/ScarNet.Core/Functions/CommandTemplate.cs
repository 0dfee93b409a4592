using System.Text.RegularExpressions;

namespace ScarNet.Core.Functions;

/// <summary>
/// A shell command with <c>{{ name }}</c> in it, each of which becomes one or more single-quoted words. A value is never part of the
/// command's text, so a name may only stand where such a word can: outside quotes, comments and here-documents. A word
/// <c>Ref::name</c> is <c>{{ parameters.name }}</c>; anywhere else that text is left to the shell.
/// </summary>
public sealed partial class CommandTemplate
{
    /// <summary>Names without a dot that a command may use.</summary>
    public static readonly IReadOnlyList<string> PlainNames =
    [
        "input", "input_dir", "output_dir", "tmp_dir", "workspace", "job_data_file", "bucket", "key", "key_name", "key_stem", "function",
        "pipeline", "request_id", "execution_id", "branch", "region", "account",
    ];

    /// <summary>First parts of the names with a dot.</summary>
    public static readonly IReadOnlyList<string> Groups = ["inputs", "references", "parameters", "env", "data"];

    private CommandTemplate(IReadOnlyList<Part> parts) => Parts = parts;

    public IReadOnlyList<Part> Parts { get; }

    public IEnumerable<string> Names => Parts.Where(part => part.IsName).Select(part => part.Text);

    /// <summary>Why names stand where no word can, each with the name; empty when all of them are right.</summary>
    public IEnumerable<(string Name, string Flaw)> Flaws =>
        from part in Parts where part.Flaw is not null select (part.Text, part.Flaw);

    public static CommandTemplate Of(string command)
    {
        var scan = new ShellScan(command);
        var parts = new List<Part>();
        var end = 0;
        foreach (Match match in Name().Matches(command))
        {
            var flaw = scan.FlawAt(match.Index);
            if (match.Groups["parameter"] is { Success: true, Value: var parameter })
            {
                if (flaw is null)
                {
                    parts.Add(new(command[end..match.Index], false, null));
                    parts.Add(new($"parameters.{parameter}", true, null));
                    end = match.Index + match.Length;
                    scan.SkipTo(end);
                }

                continue;
            }

            parts.Add(new(command[end..match.Index], false, null));
            parts.Add(new(match.Groups["name"].Value, true, flaw));
            end = match.Index + match.Length;
            scan.SkipTo(end);
        }

        parts.Add(new(command[end..], false, null));
        return new(parts);
    }

    /// <summary>The command with its names filled in.</summary>
    /// <param name="words">The words of a name; none become an empty word.</param>
    public string Fill(Func<string, IReadOnlyList<string>> words) =>
        string.Concat(Parts.Select(part => part.IsName ? Quote(words(part.Text)) : part.Text));

    /// <summary>One word of a POSIX shell that is the text, whatever is in it.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Quote(IReadOnlyList<string> words) => words.Count == 0 ? "''" : string.Join(' ', words.Select(Quote));

    [GeneratedRegex(
        @"\{\{[ \t]*(?<name>[A-Za-z_][A-Za-z0-9_.\-]*)[ \t]*\}\}|(?<=^|[ \t\n])Ref::(?<parameter>[A-Za-z0-9_\-]+)(?=$|[ \t\n;|&)<>])",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    /// <summary>A piece of the text, or a name in it.</summary>
    /// <param name="Text">The piece, or the name.</param>
    /// <param name="IsName">Which of the two.</param>
    /// <param name="Flaw">Why the name cannot stand where it does.</param>
    public sealed record Part(string Text, bool IsName, string? Flaw);
}
