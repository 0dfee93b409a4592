using ScarNet.Core.Jobs;
using ScarNet.Supervisor.InPhases;
using ScarNet.Supervisor.Scripts;
using ScarNet.Supervisor.Storage;

namespace ScarNet.Supervisor;

/// <summary>The same in phases, where the script runs in another container of the task.</summary>
internal sealed partial class Carrier
{
    /// <summary>Claims and stages in. What goes wrong is told to stage-out, which ends the job with it.</summary>
    /// <param name="work">The invocation.</param>
    /// <param name="shared">The task's volume, prepared.</param>
    /// <param name="ended">The supervisor's own end.</param>
    public async Task StageIn(Work work, SharedVolume shared, CancellationToken ended)
    {
        Handed? handed = null;
        var outcome = await CarryWith(
            work,
            async (record, pinned, held, ours) =>
            {
                (record, var call) = await here.Prepare(pinned, record, shared.Place, ours, ended);
                shared.Hand(new HandedCall(
                    shared.Place.Root, call.Directory, call.Arguments, call.Environment, [.. call.Secrets], TimeProvider.System.GetUtcNow() + call.Longest));
                handed = new(null, pinned, held.Claim, held.ETag, record);
                return null;
            },
            ended);
        shared.Hand(handed ?? new(outcome.Kind == Outcome.Kinds.Failed ? outcome.ExitCode ?? ExitCodes.Bug : 0, null, null, null, null));
    }

    /// <summary>Stages out, writes the record and closes the claim that stage-in has taken.</summary>
    /// <returns>What the job ends with.</returns>
    public async Task<int> StageOut(SharedVolume shared, CancellationToken ended)
    {
        var handed = shared.Taken();
        if (handed is not { ExitCode: null, Work: { } work, Claim: { } claim, ClaimETag: { } etag, Record: { } begun })
        {
            return handed.ExitCode ?? ExitCodes.Bug;
        }

        var ours = log.With("request", work.RequestId).With("invocation", work.InvocationId);
        var record = await Attempt(begun, ours, async () => await here.Finish(work, begun, shared.Place, ScriptEnd(shared.End(), begun), ours, ended), ended);
        if (record!.Status == RunStatus.Succeeded && await results.KeyOf(work, ours, ended) is { } key)
        {
            await Remember(key, record, ours, ended);
        }

        var outcome = await End(work, new HeldClaim(claim, etag, null), record, ours, ended);
        return outcome.Kind == Outcome.Kinds.Failed ? outcome.ExitCode ?? ExitCodes.Bug : 0;
    }

    private static ScriptResult ScriptEnd(HandedEnd? end, RunRecord begun) => end switch
    {
        // Nothing else ends a container without a word.
        null => new(ExitCodes.Killed, TimedOut: false, Interrupted: false, Leftovers: 0, TimeProvider.System.GetUtcNow() - begun.Started),
        { Result: { } result } => result,
        _ => throw new RunFailure(end.ExitCode, end.Problem ?? "the script could not be started"),
    };
}
