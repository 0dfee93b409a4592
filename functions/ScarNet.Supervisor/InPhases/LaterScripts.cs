using ScarNet.Supervisor.Scripts;

namespace ScarNet.Supervisor.InPhases;

/// <summary>Scripts that another container of the task runs: here they are only made ready.</summary>
internal sealed class LaterScripts(Surroundings surroundings) : IScriptHost
{
    public IEnumerable<KeyValuePair<string, string>> Variables => Surroundings.OfTheJob(surroundings.Variables);

    public Task<ScriptResult> Run(ScriptCall call, CancellationToken interrupted, CancellationToken cancellation) =>
        throw new InvalidOperationException("the script is run by a container of its own");
}
