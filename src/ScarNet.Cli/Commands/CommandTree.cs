using System.CommandLine;
using System.CommandLine.Help;

namespace ScarNet.Cli.Commands;

/// <summary>Every command there is.</summary>
internal static class CommandTree
{
    public static RootCommand Create()
    {
        var root = new RootCommand("drop a file in a bucket; a script processes it; the result lands in the next bucket");
        root.Options.Clear();
        root.Directives.Clear();
        root.Options.Add(new HelpOption("--help", "-h") { Action = new HelpText(), Recursive = true });
        foreach (var option in GlobalOptions.All)
        {
            option.Recursive = true;
            root.Options.Add(option);
        }

        foreach (var command in (DocumentedCommand[])
            [
                DemoCommand.Create(),
                TryCommand.Create(),
                ValidateCommand.Create(),
                ConvertCommand.Create(),
                PlanCommand.Create(),
                InitCommand.Create(),
                RollbackCommand.Create(),
                IamCommand.Create(),
                BootstrapCommand.Create(),
                DoctorCommand.Create(),
                ListCommand.Create(),
                RemoveCommand.Create(),
                PutCommand.Create(),
                GetCommand.Create(),
                RunCommand.Create(),
                InvokeCommand.Create(),
                WaitCommand.Create(),
                LogCommand.Create(),
                TaskCommand.Create(),
                TesCommand.Create(),
                LocalCommand.Create(),
                VersionCommand.Create(),
            ])
        {
            root.Subcommands.Add(command);
        }

        return root;
    }
}
