using System.CommandLine;
using System.CommandLine.Invocation;

namespace ScarNet.Cli.Commands;

/// <summary>The help of one command: usage, what it takes, an example.</summary>
internal sealed class HelpText : SynchronousCommandLineAction
{
    private const int Indent = 2;
    private const int Width = 100;
    private static readonly string Spaces = new(' ', Indent);

    /// <summary>A missing argument is no error for somebody who asks what the arguments are.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Console.Out.Write(Of(parseResult.CommandResult.Command));
        return ExitCode.Done;
    }

    public static string Of(Command command)
    {
        using var text = new StringWriter();
        var documented = command as DocumentedCommand;
        text.WriteLine($"{FullName(command)}: {command.Description}");
        text.WriteLine();
        text.WriteLine($"usage: {FullName(command)} {documented?.Usage ?? "COMMAND"}".TrimEnd());
        Section(text, "commands", command.Subcommands.Where(c => !c.Hidden).Select(c => (c.Name, c.Description ?? "")));
        Section(text, "arguments", command.Arguments.Where(a => !a.Hidden).Select(a => (a.HelpName ?? a.Name, a.Description ?? "")));
        Section(text, "options", command.Options.Where(o => !o.Hidden && !o.Recursive).Select(Row));
        if (command is RootCommand)
        {
            Section(text, "options of every command", GlobalOptions.All.Select(Row));
        }
        else
        {
            text.WriteLine("\noptions of every command ('scarnet -h' explains them):");
            Wrap(string.Join("  ", GlobalOptions.All.Select(Signature)), Width).ForEach(line => text.WriteLine($"{Spaces}{line}"));
        }

        foreach (var example in documented?.Examples ?? [])
        {
            text.WriteLine(example == documented!.Examples[0] ? "\nexample:\n  " + example : "  " + example);
        }

        return text.ToString();
    }

    public static string FullName(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{FullName(parent)} {command.Name}" : "scarnet";

    /// <summary>Every spelling of an option, with the word for its value.</summary>
    public static string Signature(Option option)
    {
        var names = string.Join(", ", option.Aliases.Append(option.Name).OrderBy(name => name.Length));
        return option.HelpName is { } value ? $"{names} {value}" : names;
    }

    private static (string Left, string Right) Row(Option option)
    {
        var standard = option is { HasDefaultValue: true, HelpName: not null } ? option.GetDefaultValue() : null;
        var rest = standard is null or "" ? "" : $" (default {standard})";
        return (Signature(option), option.Description + rest);
    }

    private static void Section(StringWriter text, string title, IEnumerable<(string Left, string Right)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            return;
        }

        text.WriteLine($"\n{title}:");
        var column = all.Max(row => row.Left.Length) + Indent + 2;
        foreach (var (left, right) in all)
        {
            var lines = Wrap(right, Width - column);
            text.WriteLine($"{new string(' ', Indent)}{left.PadRight(column - Indent)}{lines[0]}".TrimEnd());
            lines.Skip(1).ToList().ForEach(line => text.WriteLine(new string(' ', column) + line));
        }
    }

    private static List<string> Wrap(string text, int width)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' '))
        {
            var longer = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
            if (longer.Length <= width)
            {
                lines[^1] = longer;
            }
            else
            {
                lines.Add(word);
            }
        }

        return lines;
    }
}
