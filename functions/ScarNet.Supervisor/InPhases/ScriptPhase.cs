using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Scripts;

namespace ScarNet.Supervisor.InPhases;

/// <summary>The phase in the user's image: runs what stage-in has made ready, and tells how it ended.</summary>
internal sealed class ScriptPhase(SharedVolume shared, Surroundings surroundings, CancellationToken terminated)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <returns>The script's own exit code.</returns>
    public async Task<int> Run(CancellationToken ended)
    {
        if (shared.Call() is not { } call)
        {
            return 0; // stage-in has seen that there is nothing to run, and stage-out says so
        }

        var environment = surroundings.Variables
            .Where(variable => !variable.Key.StartsWith("SCARNET_", StringComparison.Ordinal) || variable.Key == SupervisorVariables.Tree)
            .ToDictionary(variable => variable.Key, variable => variable.Value, StringComparer.Ordinal);
        foreach (var (name, value) in call.Environment)
        {
            environment[name] = value;
        }

        var script = new ScriptCall(
            new(call.Workspace), call.Directory, call.Arguments, environment, call.Deadline - TimeProvider.System.GetUtcNow(), () => Task.Delay(Grace, ended));
        try
        {
            using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(terminated, ended);
            var result = await new HostScripts(surroundings).Run(script, interrupted.Token, ended);
            var tail = result.ErrorTail is { } text ? Redaction.Of(environment, call.Secrets ?? []).ApplyToEnd(text) : null;
            shared.Hand(new HandedEnd(result with { ErrorTail = tail }, result.ExitCode, null));
            return result.ExitCode;
        }
        catch (RunFailure e)
        {
            shared.Hand(new HandedEnd(null, e.ExitCode, e.Message));
            return e.ExitCode;
        }
    }
}
