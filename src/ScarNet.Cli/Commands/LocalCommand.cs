using System.CommandLine;
using ScarNet.Cli.Local;

namespace ScarNet.Cli.Commands;

internal static class LocalCommand
{
    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "do not ask" };

    public static DocumentedCommand Create()
    {
        var local = new DocumentedCommand(
            "local", "the embedded engine: AWS's protocols on 127.0.0.1", "COMMAND", "scarnet local start", "eval \"$(scarnet local env)\"");
        local.Subcommands.Add(Start());
        local.Subcommands.Add(new DocumentedCommand("stop", "stop the engine; what is pending goes on at the next start", "[options]", "scarnet local stop")
            .Does((_, session, cancellation) => new LocalEngine(session).Stop(cancellation)));
        local.Subcommands.Add(new DocumentedCommand("status", "say how far the engine is; exit 1 when it is not running", "[options]", "scarnet local status --output json")
            .Does((_, session, cancellation) => new LocalEngine(session).Status(cancellation)));
        local.Subcommands.Add(new DocumentedCommand("env", "print export lines for other AWS clients", "[options]", "eval \"$(scarnet local env)\" && aws s3 ls")
            .Does((_, session, cancellation) => new LocalEngine(session).Env(cancellation)));
        local.Subcommands.Add(Reset());
        local.Subcommands.Add(Serve());
        return local;
    }

    private static DocumentedCommand Start()
    {
        var command = new DocumentedCommand(
            "start", "start the engine in the background and print its endpoint", "[options]", "scarnet local start --port 4566 --lambda-concurrency 4");
        command.AddAll(EngineOptions.All);
        return command.Does((parse, session, cancellation) => new LocalEngine(session).Start(EngineOptions.From(parse), cancellation));
    }

    private static DocumentedCommand Reset()
    {
        var command = new DocumentedCommand(
            "reset", "stop the engine and remove everything it keeps: objects, functions, jobs, logs", "[options]", "scarnet local reset --yes");
        command.Options.Add(Yes);
        return command.Does((parse, session, cancellation) => new LocalEngine(session).Reset(parse.GetValue(Yes), cancellation));
    }

    private static DocumentedCommand Serve()
    {
        var command = new DocumentedCommand("serve", "run the engine here until it is told to stop", "[options]", "scarnet local serve --data .scarnet")
        {
            Hidden = true,
        };
        command.AddAll(EngineOptions.All);
        return command.Does((parse, session, cancellation) =>
            EngineServer.Run(EngineOptions.From(parse).Settings(session.DataDirectory, session.Options.Region), session.Terminal, cancellation));
    }
}
