using System.Text;
using ScarNet.Core.Events;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Lambda;

/// <summary>The custom runtime: one event after another, until Lambda ends the process.</summary>
internal sealed class LambdaEntry(RuntimeApi runtime, Carrier carrier, Log log)
{
    private const string TraceVariable = "_X_AMZN_TRACE_ID";

    /// <param name="noMore">No further event is asked for.</param>
    /// <param name="ended">The supervisor's own end: the event at hand is dropped too.</param>
    public async Task Run(CancellationToken noMore, CancellationToken ended)
    {
        while (await Next(noMore) is { } request)
        {
            // The SDK hands it on from here with every call: AWS's loop detection needs it.
            Environment.SetEnvironmentVariable(TraceVariable, request.TraceId);
            try
            {
                await Handle(request, ended);
            }
            catch (Exception e) when (!ended.IsCancellationRequested)
            {
                var failure = Failures.Of(e, log);
                log.Error("event failed", ("request", request.Id), ("exitCode", failure.ExitCode), ("reason", failure.Message));
                await runtime.Fail(request.Id, ErrorAnswer.Of(failure), ended);
            }
        }
    }

    private async Task<LambdaRequest?> Next(CancellationToken noMore)
    {
        try
        {
            return await runtime.Next(noMore);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task Handle(LambdaRequest request, CancellationToken ended)
    {
        var received = EventReader.Read(request.Payload);
        var outcomes = new List<Outcome>();
        if (carrier.MakesArrays && received.Records.Count > 1)
        {
            outcomes.AddRange(await HandleTogether(request, received.Records, ended));
        }
        else
        {
            foreach (var record in received.Records)
            {
                outcomes.Add(await Handle(request, record, ended));
            }
        }

        if (received.IsData)
        {
            outcomes.Add(await carrier.Carry(DataWork(request), ended));
        }

        if (received.Operation is { } operation)
        {
            var answer = OperationAnswer.Of(operation, outcomes);
            await runtime.Answer(request.Id, answer, SupervisorJson.Default.OperationAnswer, ended);
        }
        else if (outcomes.Exists(o => o.Kind == Outcome.Kinds.Failed))
        {
            await runtime.Fail(request.Id, ErrorAnswer.Of(outcomes), ended);
        }
        else
        {
            await runtime.Answer(request.Id, Answer.Of(outcomes), SupervisorJson.Default.Answer, ended);
        }
    }

    private async Task<Outcome> Handle(LambdaRequest request, ReceivedRecord record, CancellationToken ended) =>
        (WithoutWork(record) ?? await carrier.Carry(ObjectWork(request, record), ended)) with { TaskId = record.TaskId };

    private async Task<IEnumerable<Outcome>> HandleTogether(LambdaRequest request, IReadOnlyList<ReceivedRecord> records, CancellationToken ended)
    {
        var outcomes = records.Select(WithoutWork).ToArray();
        var open = Enumerable.Range(0, outcomes.Length).Where(i => outcomes[i] is null).ToList();
        var carried = await carrier.CarryTogether([.. open.Select(i => ObjectWork(request, records[i]))], ended);
        foreach (var (i, outcome) in open.Zip(carried))
        {
            outcomes[i] = outcome;
        }

        return outcomes.Zip(records, (outcome, record) => outcome! with { TaskId = record.TaskId });
    }

    /// <returns>Null for an object to work on.</returns>
    private Outcome? WithoutWork(ReceivedRecord record) => record switch
    {
        { Problem: { } problem } => new Outcome(Outcome.Kinds.Failed) { Reason = problem },
        { Skipped: { } why } => Skip(why),
        _ when carrier.ReasonToSkip(record.Event!) is { } why => Skip(why),
        _ => null,
    };

    private Outcome Skip(string why)
    {
        log.Info("record passed over", ("reason", why));
        return new Outcome(Outcome.Kinds.Skipped) { Reason = why };
    }

    private Work ObjectWork(LambdaRequest request, ReceivedRecord record) => new()
    {
        Owner = request.Id,
        RequestId = request.Id,
        Source = record.Event,
        Raw = record.Raw,
        End = request.Deadline,
        TraceId = request.TraceId,
        Parameters = ParametersOf(request),
    };

    private Work DataWork(LambdaRequest request) => new()
    {
        Owner = request.Id,
        RequestId = request.Id,
        Raw = Encoding.UTF8.GetString(request.Payload),
        End = request.Deadline,
        TraceId = request.TraceId,
        Parameters = ParametersOf(request),
    };

    private IReadOnlyDictionary<string, string> ParametersOf(LambdaRequest request) =>
        carrier.TakesParameters ? InvokeOverrides.ParametersOf(request.Payload) : new Dictionary<string, string>();
}
