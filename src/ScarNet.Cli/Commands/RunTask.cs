using ScarNet.Cli.Tes;

namespace ScarNet.Cli.Commands;

/// <summary><c>scarnet task run</c>.</summary>
internal sealed class RunTask(Session session)
{
    /// <param name="arguments">Of the supervisor: <c>task …</c> or <c>cwl …</c>.</param>
    /// <param name="cancellation">Ends the task: what is there is brought away, and its container removed.</param>
    /// <returns>The supervisor's exit code.</returns>
    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var environment = await Cloud.Variables(session, cancellation);
        await using var task = TaskChild.Start(Installation.Supervisor, arguments, environment, readsInput: arguments is ["task", "-", ..], quiet: false);
        return await task.Wait(cancellation);
    }
}
