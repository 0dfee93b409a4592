using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Scripts;

/// <summary>Where scripts run: as processes beside the supervisor, or in containers of their own.</summary>
internal interface IScriptHost
{
    /// <summary>Variables of the place itself, which a script sees unless others are set over them.</summary>
    IEnumerable<KeyValuePair<string, string>> Variables { get; }

    /// <summary>Runs a script to its end, or ends it at its deadline. Nothing it started outlives it.</summary>
    /// <param name="call">What to run.</param>
    /// <param name="interrupted">Ends it early.</param>
    /// <param name="cancellation">The supervisor's own end.</param>
    /// <exception cref="RunFailure">It cannot be started.</exception>
    Task<ScriptResult> Run(ScriptCall call, CancellationToken interrupted, CancellationToken cancellation);
}

/// <summary>A script that is ready to run in a workspace that is ready.</summary>
/// <param name="Place">The workspace.</param>
/// <param name="Directory">Where it starts; null is the image's own place.</param>
/// <param name="Arguments">The program, its path or a name on the environment's PATH, and its arguments.</param>
/// <param name="Environment">All of its environment.</param>
/// <param name="Longest">Time it may take; null is no limit.</param>
/// <param name="GraceOver">Begins with SIGTERM and ends with SIGKILL.</param>
internal sealed record ScriptCall(
    Workspace Place,
    string? Directory,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Environment,
    TimeSpan? Longest,
    Func<Task> GraceOver)
{
    /// <summary>Names of variables that are nobody's business, whatever they are called.</summary>
    public IEnumerable<string> Secrets { get; init; } = [];
}
