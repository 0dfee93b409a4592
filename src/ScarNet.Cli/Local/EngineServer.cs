using ScarNet.Cli.Commands;
using ScarNet.Cli.Output;
using ScarNet.Local;

namespace ScarNet.Cli.Local;

/// <summary>An engine in this process, until it is told to stop.</summary>
internal static class EngineServer
{
    public static async Task<int> Run(EngineSettings settings, Terminal terminal, CancellationToken cancellation)
    {
        await using var engine = await Engine.Start(settings, cancellation);
        terminal.Say($"scarnet: engine ready at {EngineAccess.Of(engine).Endpoint}, pid {Environment.ProcessId}");
        try
        {
            await engine.StopRequested.WaitAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // SIGTERM is the other way to be told.
        }

        terminal.Say("scarnet: engine stopping");
        return ExitCode.Done;
    }
}
