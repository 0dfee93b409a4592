using System.CommandLine;
using System.CommandLine.Parsing;
using ScarNet.Core;

namespace ScarNet.Cli.Commands;

/// <summary>What the parser found, in our words: one line, and a hint that leads on.</summary>
internal static class UsageErrors
{
    public static ScarException Describe(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        var name = HelpText.FullName(command);
        if (parse.UnmatchedTokens is [var unknown, ..])
        {
            var what = unknown.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
            return new($"{Of(command)}unknown {what} '{unknown}'", Guess(unknown, command) ?? Help(name));
        }

        var error = parse.Errors[0];
        if (command.Subcommands.Count > 0 && error.SymbolResult is CommandResult)
        {
            return new(
                $"{Of(command)}no command given",
                command is RootCommand ? "'scarnet demo' shows what it does, 'scarnet -h' lists the commands" : Help(name));
        }

        return new($"{Of(command)}{Sentence(error)}", Help(name));
    }

    /// <summary>The command at fault, as the beginning of a message.</summary>
    private static string Of(Command command) =>
        command is RootCommand ? "" : HelpText.FullName(command)["scarnet ".Length..] + ": ";

    /// <summary>The command or option that was meant, when one is close.</summary>
    private static string? Guess(string unknown, Command command)
    {
        var known = unknown.StartsWith('-')
            ? command.Options.Concat(GlobalOptions.All).Where(o => !o.Hidden).SelectMany(o => o.Aliases.Append(o.Name))
            : command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name);
        var best = known.Select(name => (Name: name, Distance: Distance(unknown, name))).OrderBy(x => x.Distance).FirstOrDefault();
        return best.Name is not null && best.Distance <= Math.Max(1, unknown.Length / 3) ? $"did you mean '{best.Name}'?" : null;
    }

    private static string Help(string name) => $"'{name} -h' shows what it takes";

    private static string Sentence(ParseError error)
    {
        var text = string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        return text.Length > 1 && char.IsUpper(text[0]) && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
