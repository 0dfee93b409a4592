using ScarNet.Core.Events;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Batch;
using ScarNet.Supervisor.Storage;

namespace ScarNet.Supervisor;

/// <summary>Carries an invocation through: claim, run here or hand to Batch, record, close the claim.</summary>
/// <param name="spec">The function.</param>
/// <param name="place">Lambda or Batch.</param>
/// <param name="claims">The function's claims.</param>
/// <param name="journal">Its run records.</param>
/// <param name="results">What was done before.</param>
/// <param name="download">Looks at objects.</param>
/// <param name="here">Runs the script on this machine.</param>
/// <param name="handover">Null where there is no Batch to hand to.</param>
/// <param name="log">The function's log.</param>
internal sealed partial class Carrier(
    JobSpec spec, RunPlace place, ClaimStore claims, Journal journal, Results results, Download download, RunHere here, JobHandover? handover, Log log)
{
    private bool AlwaysHandsOver => place.IsLambda && spec.Mode == ExecutionMode.Batch;

    private bool MayHandOver => place.IsLambda && spec.Mode == ExecutionMode.LambdaBatch;

    private JobHandover Handover => handover ?? throw new RunFailure(
        ExitCodes.InputMissing,
        $"the function is to hand its work to Batch, and {SupervisorVariables.JobQueue} or {SupervisorVariables.JobDefinition} is not set: "
        + "'scarnet init' sets both");

    /// <summary>Whether an event's <c>parameters</c> are the function's: of one without any they are data like all the rest.</summary>
    public bool TakesParameters => spec.Parameters.Count > 0;

    /// <inheritdoc cref="Router.ReasonToSkip"/>
    public string? ReasonToSkip(ObjectEvent e) => Router.ReasonToSkip(spec.Triggers, e);

    /// <summary>What goes wrong with this invocation is its outcome, not an exception.</summary>
    /// <param name="work">The invocation.</param>
    /// <param name="ended">The supervisor's own end: nothing more can be done.</param>
    public Task<Outcome> Carry(Work work, CancellationToken ended) => CarryWith(
        work,
        async (record, known, held, ours) => AlwaysHandsOver
            ? await HandOver(known, held, record, ended)
            : await here.Run(known, record, MayHandOver, ours, ended)
                ?? await HandOver(known, await ReadyToSubmit(known, held, ended), record, ended),
        ended);

    /// <summary>What is done with an invocation that is claimed; null when others go on with it.</summary>
    private delegate Task<RunRecord?> Doing(RunRecord begun, Work work, HeldClaim held, Log ours);

    private async Task<Outcome> CarryWith(Work work, Doing doing, CancellationToken ended)
    {
        var ours = log.With("request", work.RequestId);
        try
        {
            work = await Identify(work, ended);
            ours = ours.With("invocation", work.InvocationId);
            var (held, decision) = await Claim(work, ended);
            return held is null ? StandBack(work, decision, ours) : await Carry(work, held, doing, ours, ended);
        }
        catch (SupersededException e)
        {
            ours.Info("object superseded", ("reason", e.Message));
            return About(work, Outcome.Kinds.Superseded) with { Reason = e.Message };
        }
        catch (Exception e) when (!ended.IsCancellationRequested)
        {
            var failure = Failures.Of(e, ours);
            ours.Error("run failed", ("exitCode", failure.ExitCode), ("reason", failure.Message), ("source", work.Source?.Object));
            return About(work, Outcome.Kinds.Failed) with { ExitCode = failure.ExitCode, Reason = failure.Message };
        }
    }

    private async Task<Work> Identify(Work work, CancellationToken ended)
    {
        if (work.Source is null)
        {
            return work with { InvocationId = Invocation.IdOf(spec.Function, work.RequestId) };
        }

        var pinned = await download.Pin(work.Source, ended);
        return work with { Source = pinned, InvocationId = Invocation.IdOf(spec.Function, pinned) };
    }

    private Task<(HeldClaim? Held, ClaimDecision Decision)> Claim(Work work, CancellationToken ended)
    {
        var now = TimeProvider.System.GetUtcNow();
        var wanted = new Claim
        {
            State = AlwaysHandsOver ? ClaimState.Submitting : ClaimState.Running,
            Owner = work.Owner,
            LeaseUntil = Supervision.LeaseUntil(now, work.End),
            Started = now,
            Event = work.Source,
            JobName = AlwaysHandsOver ? Handover.JobName(work) : null,
            JobId = place.IsLambda ? null : work.Owner,
        };
        return claims.Take(work.InvocationId, wanted, mostlyThere: !place.IsLambda, Decide, ended);

        async Task<ClaimDecision> Decide(Claim found)
        {
            var decision = place.IsLambda ? Claims.ForRequest(found, work.Owner, now) : Claims.ForJob(found, work.Owner, now);
            return decision != ClaimDecision.AskBatch ? decision
                : await Handover.IsDead(found.JobId!, ended) ? ClaimDecision.TakeOver
                : ClaimDecision.StandBack;
        }
    }

    private async Task<Outcome> Carry(Work work, HeldClaim held, Doing doing, Log ours, CancellationToken ended)
    {
        var begun = journal.Begin(work, held.Claim);
        return await Attempt(begun, ours, () => DoOnce(begun, work, held, doing, ours, ended), ended) is { } record
            ? await End(work, held, record, ours, ended)
            : About(work, Outcome.Kinds.Submitted);
    }

    private async Task<RunRecord?> DoOnce(RunRecord begun, Work work, HeldClaim held, Doing doing, Log ours, CancellationToken ended)
    {
        var key = await results.KeyOf(work, ours, ended);
        if (key is not null && await results.Find(key, ended) is { } known)
        {
            return begun with { Status = RunStatus.Skipped, SameAs = known.InvocationId, Outputs = known.Outputs };
        }

        var record = await doing(begun, work, held, ours);
        if (key is not null && record?.Status == RunStatus.Succeeded)
        {
            await Remember(key, record, ours, ended);
        }

        return record;
    }

    private static async Task<RunRecord?> Attempt(RunRecord begun, Log ours, Func<Task<RunRecord?>> run, CancellationToken ended)
    {
        try
        {
            return await run();
        }
        catch (SupersededException e)
        {
            return begun with { Status = RunStatus.Superseded, Error = e.Message };
        }
        catch (Exception e) when (!ended.IsCancellationRequested)
        {
            var failure = Failures.Of(e, ours);
            return begun with { ExitCode = failure.ExitCode, Error = failure.Message };
        }
    }

    private async Task<Outcome> End(Work work, HeldClaim held, RunRecord record, Log ours, CancellationToken ended)
    {
        record = record with { Ended = TimeProvider.System.GetUtcNow() };
        Tell(record, ours);
        try
        {
            await Close(work, held, record, ours, ended);
        }
        catch (Exception e) when (!ended.IsCancellationRequested && record.Status == RunStatus.Failed)
        {
            // What failed first is what the service must hear of.
            ours.Error("run record or claim could not be written", ("reason", Failures.Of(e, ours).Message));
        }

        return About(work, KindOf(record.Status)) with
        {
            ExitCode = record.ExitCode,
            Outputs = record.Outputs,
            JobId = record.JobId,
            Reason = record.SameAs is { } before ? $"the same work was done before, by the run {before}" : record.Error,
        };
    }

    // A result that is not remembered is made once more: no reason to fail the run that made it.
    private async Task Remember(string key, RunRecord record, Log ours, CancellationToken ended)
    {
        try
        {
            await results.Keep(key, record, ended);
        }
        catch (Exception e) when (!ended.IsCancellationRequested)
        {
            ours.Warn("the result could not be remembered: the same work will be done again", ("reason", Failures.Of(e, ours).Message));
        }
    }

    private async Task<HeldClaim> ReadyToSubmit(Work work, HeldClaim held, CancellationToken ended)
    {
        var next = held.Claim with { State = ClaimState.Submitting, JobName = Handover.JobName(work) };
        return await claims.Update(work.InvocationId, held, next, ended)
            ?? throw new RunFailure(ExitCodes.UploadFailed, "another request has taken the invocation over: its lease had run out");
    }

    private async Task<RunRecord> HandOver(Work work, HeldClaim held, RunRecord record, CancellationToken ended) =>
        record with { Status = RunStatus.Submitted, JobId = await Handover.Submit(work, held, ended) };

    // The record first: once the claim is closed, nobody comes back to write it.
    private async Task Close(Work work, HeldClaim held, RunRecord record, Log ours, CancellationToken ended)
    {
        await journal.Write(record, held.Claim, ended);
        if (record.Status == RunStatus.Submitted)
        {
            return; // the job closes it
        }

        var state = record.Status == RunStatus.Failed ? ClaimState.Failed : ClaimState.Done;
        var closed = held.Claim with { State = state, Outputs = record.Outputs };
        if (await claims.Update(work.InvocationId, held, closed, ended) is null)
        {
            ours.Warn("lease lost: another request has taken the invocation over; its outputs go to the same keys");
        }
    }

    private static Outcome StandBack(Work work, ClaimDecision decision, Log ours)
    {
        ours.Info("duplicate suppressed", ("decision", decision.ToString()), ("source", work.Source?.Object));
        var reason = decision == ClaimDecision.AlreadyDone ? "it was done already" : "another request or job is at it";
        return About(work, Outcome.Kinds.Duplicate) with { Reason = reason };
    }

    private static void Tell(RunRecord record, Log ours)
    {
        (string, object?)[] fields =
        [
            ("status", record.Status.ToString().ToLowerInvariant()),
            ("source", record.Source?.Object),
            ("exitCode", record.ExitCode),
            ("reason", record.Error),
            ("sameAs", record.SameAs),
            ("outputs", record.Outputs.Count),
            ("jobId", record.JobId),
            ("seconds", record.Ended - record.Started),
        ];
        if (record.Status == RunStatus.Failed)
        {
            ours.Error("run failed", fields);
        }
        else
        {
            ours.Info(record.Status == RunStatus.Skipped ? "already done: nothing was copied" : "run ended", fields);
        }
    }

    private static Outcome About(Work work, Outcome.Kinds kind) => new(kind)
    {
        InvocationId = work.InvocationId.Length > 0 ? work.InvocationId : null,
        Source = work.Source?.Object,
    };

    private static Outcome.Kinds KindOf(RunStatus status) => status switch
    {
        RunStatus.Succeeded => Outcome.Kinds.Succeeded,
        RunStatus.Submitted => Outcome.Kinds.Submitted,
        RunStatus.Superseded => Outcome.Kinds.Superseded,
        RunStatus.Skipped => Outcome.Kinds.Skipped,
        _ => Outcome.Kinds.Failed,
    };
}
