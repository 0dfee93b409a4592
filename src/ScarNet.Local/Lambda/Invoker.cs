using ScarNet.Core;
using ScarNet.Local.Containers;
using ScarNet.Local.Logs;

namespace ScarNet.Local.Lambda;

/// <summary>Carries out single attempts, in a slot that the caller holds. Thread-safe.</summary>
internal sealed class Invoker(SandboxPool pool, LogWriter logs, TimeProvider clock)
{
    /// <summary>Runs one attempt. That the function fails is a result, not an exception.</summary>
    /// <exception cref="OperationCanceledException">The engine stops; the attempt was cut off.</exception>
    public async Task<InvocationResult> Run(FunctionRecord function, Invocation invocation, CancellationToken cancellation)
    {
        try
        {
            var result = await RunOnce(function, invocation, onlyNew: false, cancellation);

            // A warm process may end just while it is chosen. The event was not given to it, so another one may have it.
            result ??= await RunOnce(function, invocation, onlyNew: true, cancellation);
            return result ?? CannotStart(
                function, invocation, new ScarException("The runtime ended before it took the event", "look at the function's log"));
        }
        catch (Exception e) when (e is ScarException or System.ComponentModel.Win32Exception || Cleanup.IsOfDocker(e))
        {
            return CannotStart(function, invocation, e);
        }
    }

    /// <returns>Null when the event was not taken.</returns>
    private async Task<InvocationResult?> RunOnce(
        FunctionRecord function, Invocation invocation, bool onlyNew, CancellationToken cancellation)
    {
        var sandbox = await pool.Take(function, onlyNew, cancellation);
        var reusable = false;
        try
        {
            var (answer, tail) = await sandbox.Run(invocation, cancellation);
            reusable = answer.Reusable;
            return answer.NotTaken ? null : new InvocationResult(answer.Payload, answer.Failed ? "Unhandled" : null, tail);
        }
        finally
        {
            await pool.Return(sandbox, reusable);
        }
    }

    private InvocationResult CannotStart(FunctionRecord function, Invocation invocation, Exception why)
    {
        var hint = why is ScarException { Hint: { } text } ? $"; {text}" : "";
        var answer = RuntimeAnswer.Fault("Runtime.InvalidEntrypoint", $"RequestId: {invocation.RequestId} Error: {why.Message}{hint}");
        var log = new OutputLog(
            logs, new LogTarget(function.LogGroup, $"{clock.GetUtcNow():yyyy/MM/dd}/[{function.Version}]start"), boundBytes: 0);
        log.Line($"START RequestId: {invocation.RequestId} Version: {function.Version}");
        log.Line($"RequestId: {invocation.RequestId} Error: {why.Message}{hint}");
        foreach (var line in InvocationReport.End(function, invocation.RequestId, TimeSpan.Zero, null, 0))
        {
            log.Line(line);
        }

        return new InvocationResult(answer.Payload, "Unhandled", log.Tail);
    }
}
