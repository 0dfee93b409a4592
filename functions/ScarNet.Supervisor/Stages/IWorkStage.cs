using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Scripts;

namespace ScarNet.Supervisor.Stages;

/// <summary>Does a function's work in a workspace whose inputs are there.</summary>
internal interface IWorkStage
{
    /// <param name="work">The invocation.</param>
    /// <param name="place">Its workspace.</param>
    /// <param name="staged">What is there.</param>
    /// <param name="log">The invocation's log.</param>
    /// <param name="interrupted">Ends it early.</param>
    /// <param name="cancellation">The supervisor's own end.</param>
    /// <exception cref="RunFailure">It cannot be started.</exception>
    Task<ScriptResult> Run(Work work, Workspace place, Staged staged, Log log, CancellationToken interrupted, CancellationToken cancellation);
}
