using System.Text;
using System.Text.Json;
using ScarNet.Core.Functions;

namespace ScarNet.Core.Jobs;

/// <summary>
/// The shell commands of a function, which run one after another in one shell; the first that fails ends the run with its exit code.
/// They travel as a JSON list in the place of a script, and become one when the values of their <c>{{ names }}</c> are known.
/// </summary>
/// <param name="Commands">As the function file has them.</param>
/// <param name="Shell">See <see cref="CommandShell"/>.</param>
public sealed record CommandList(IReadOnlyList<string> Commands, IReadOnlyList<string> Shell)
{
    private const int ShownCharacters = 80;

    /// <summary>The JSON list.</summary>
    public byte[] Content() => JsonSerializer.SerializeToUtf8Bytes(Commands, Json.Default.IReadOnlyListString);

    /// <exception cref="JsonException">It is no list of texts.</exception>
    public static CommandList Read(ReadOnlySpan<byte> content, IReadOnlyList<string> shell) =>
        new(JsonSerializer.Deserialize(content, Json.Default.IReadOnlyListString) ?? [], shell);

    /// <summary>The script that runs them.</summary>
    /// <param name="words">What the name of a template stands for, see <see cref="CommandTemplate.Fill"/>.</param>
    /// <param name="numberFile">File that takes the number of the command that is being run; null keeps none.</param>
    public ScriptCommand Script(Func<string, IReadOnlyList<string>> words, string? numberFile)
    {
        var interpreter = Shell.Count > 0 ? Shell : CommandShell.Default;
        var text = CommandShell.IsPosix(Shell) ? Guarded(words, numberFile) : string.Join('\n', Commands) + "\n";
        return new(Encoding.UTF8.GetBytes(text), interpreter);
    }

    /// <summary>What to call a command in a message: its number and the start of its text.</summary>
    /// <param name="number">From 1.</param>
    public string? Describe(int number)
    {
        if (number < 1 || number > Commands.Count)
        {
            return null;
        }

        var line = Commands[number - 1].Trim().Split('\n')[0].TrimEnd('\r');
        var shown = line.Length <= ShownCharacters ? line : line[..ShownCharacters] + "…";
        return Commands.Count == 1 ? $"the command '{shown}'" : $"command {number} of {Commands.Count}, '{shown}',";
    }

    private string Guarded(Func<string, IReadOnlyList<string>> words, string? numberFile)
    {
        var text = new StringBuilder("set -e\n");
        for (var i = 0; i < Commands.Count; i++)
        {
            if (numberFile is not null)
            {
                text.Append($"printf %s {i + 1} 2>/dev/null >{CommandTemplate.Quote(numberFile)} || :\n");
            }

            // 'set -e' overlooks a failure inside 'a && b' or behind '!'; the second line does not.
            var command = CommandTemplate.Of(Commands[i].ReplaceLineEndings("\n")).Fill(words);
            text.Append(command.TrimEnd('\n')).Append("\n(exit $?)\n");
        }

        return text.ToString();
    }
}
