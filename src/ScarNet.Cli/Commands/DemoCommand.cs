using System.CommandLine;
using ScarNet.Cli.Local;

namespace ScarNet.Cli.Commands;

internal static class DemoCommand
{
    public static DocumentedCommand Create()
    {
        var to = new Option<string>("--to")
        {
            Description = "directory for the results",
            HelpName = "DIR",
            DefaultValueFactory = _ => "demo-output",
        };
        var command = new DocumentedCommand(
            "demo", "try examples/wordcount on its sample texts and show what came out", "[options]", "scarnet demo");
        command.Options.Add(to);
        command.AddAll(EngineOptions.WithoutPort);
        return command.Does((parse, session, cancellation) =>
            new Demo(session).Run(parse.GetRequiredValue(to), EngineOptions.From(parse), cancellation));
    }
}
