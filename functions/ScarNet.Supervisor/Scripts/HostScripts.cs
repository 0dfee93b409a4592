namespace ScarNet.Supervisor.Scripts;

/// <summary>Runs scripts as processes beside the supervisor.</summary>
internal sealed class HostScripts(Surroundings surroundings) : IScriptHost
{
    public IEnumerable<KeyValuePair<string, string>> Variables => surroundings.Variables;

    public async Task<ScriptResult> Run(ScriptCall call, CancellationToken interrupted, CancellationToken cancellation)
    {
        try
        {
            return await ScriptRunner.Run(
                () => ScriptProcess.Start(call.Directory ?? surroundings.StartDirectory, call.Arguments, call.Environment), call.Longest, call.GraceOver, interrupted);
        }
        catch (SpawnException e)
        {
            throw new RunFailure(e.ExitCode, e.Message, e);
        }
    }
}
