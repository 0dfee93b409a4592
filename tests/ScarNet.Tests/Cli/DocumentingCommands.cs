using System.CommandLine;
using ScarNet.Cli.Commands;

namespace ScarNet.Tests.Cli;

public sealed class DocumentingCommands
{
    public static TheoryData<string> All => [.. Commands(CommandTree.Create()).Select(HelpText.FullName)];

    [Theory]
    [MemberData(nameof(All))]
    public void RepeatsTheHelpOfEveryCommand(string name)
    {
        var command = Commands(CommandTree.Create()).Single(c => HelpText.FullName(c) == name);
        var documented = File.ReadAllText(Path.Join(Root(), "docs", "cli.md"));

        Assert.Contains($"```text\n{HelpText.Of(command)}```\n", documented, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void GivesEveryCommandAnExample(string name)
    {
        var command = Commands(CommandTree.Create()).Single(c => HelpText.FullName(c) == name);

        Assert.True(command is RootCommand || ((DocumentedCommand)command).Examples.Count > 0);
    }

    private static IEnumerable<Command> Commands(Command command) =>
        command.Subcommands.Where(c => !c.Hidden).SelectMany(Commands).Prepend(command);

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Join(directory.FullName, "ScarNet.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("no ScarNet.sln above the tests");
        }

        return directory.FullName;
    }
}
