using Amazon.Runtime;
using ScarNet.Aws.Lambda.Model;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Deploy;

/// <summary>How often Lambda tries a failed event of the alias again, and where its record goes then. Lambda's own defaults are not written down.</summary>
internal sealed class EventInvokeConfigs(Target target)
{
    /// <summary>Lambda's default.</summary>
    private const int Twice = 2;

    /// <returns>Null when nothing is set.</returns>
    public async Task<EventInvokeConfig?> Find(string function, CancellationToken cancellation)
    {
        try
        {
            var config = await target.Clients.Lambda.GetFunctionEventInvokeConfigAsync(
                new GetFunctionEventInvokeConfigRequest { FunctionName = function, Qualifier = Names.Live }, cancellation);
            return new(config.MaximumRetryAttempts ?? Twice, config.DestinationConfig?.OnFailure?.Destination);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            return null;
        }
    }

    /// <param name="function">The function.</param>
    /// <param name="current">What is set.</param>
    /// <param name="alias">Comes before.</param>
    /// <param name="stays">Whether it stays when the run fails.</param>
    /// <returns>Null when there is nothing to say about it.</returns>
    public Step? Plan(FunctionPlan function, EventInvokeConfig? current, Step alias, bool stays)
    {
        var wanted = Wanted(function.Function);
        if (wanted is null && current is null)
        {
            return null;
        }

        // An alias that is made anew has lost it.
        var there = alias.Kind == StepKind.Create ? null : current;
        var step = new Step
        {
            Kind = StepKind.Keep,
            Resource = "retries",
            Name = function.Name,
            Function = function.Name,
            Reason = "is as it should be",
            After = [alias],
        };
        return wanted == there ? step : step with
        {
            Kind = wanted is null ? StepKind.Delete : there is null ? StepKind.Create : StepKind.Update,
            Reason = wanted is null ? "Lambda's default is wanted"
                : $"a failed event is tried again {wanted.Retries} times{(wanted.Destination is null ? "" : ", then its record is sent on")}",
            Changes = [.. Changes(current, wanted)],
            Action = (run, ct) => wanted is null ? Delete(function.Name, Names.Live, ct) : Put(function.Name, wanted, there is null && !stays, run, ct),
        };
    }

    // In batch mode Lambda only submits: the retries of the file are the job's.
    private static EventInvokeConfig? Wanted(FunctionDefinition function)
    {
        var retries = function.Mode == ExecutionMode.Batch ? null : function.Retries;
        return retries is null && function.FailureDestination is null ? null : new(Math.Min(retries ?? Twice, Twice), function.FailureDestination);
    }

    private static IEnumerable<StepChange> Changes(EventInvokeConfig? current, EventInvokeConfig? wanted)
    {
        if (current?.Retries != wanted?.Retries)
        {
            yield return new("MaximumRetryAttempts", current?.Retries.ToString(), wanted?.Retries.ToString());
        }

        if (current?.Destination != wanted?.Destination)
        {
            yield return new("OnFailure", current?.Destination, wanted?.Destination);
        }
    }

    private async Task Put(string function, EventInvokeConfig wanted, bool isUndone, StepRun run, CancellationToken cancellation)
    {
        var request = new PutFunctionEventInvokeConfigRequest
        {
            FunctionName = function,
            Qualifier = Names.Live,
            MaximumRetryAttempts = wanted.Retries,
            DestinationConfig = wanted.Destination is { } destination ? new() { OnFailure = new() { Destination = destination } } : null,
        };
        Task Write() => FreshRole.Waits(
            ct => target.Clients.Lambda.PutFunctionEventInvokeConfigAsync(request, ct), cancellation);
        await (isUndone ? run.Create(Write, undo => Delete(function, Names.Live, undo)) : Write());
    }

    /// <param name="function">The function.</param>
    /// <param name="qualifier">Its alias; null is what the function itself has.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task Delete(string function, string? qualifier, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Lambda.DeleteFunctionEventInvokeConfigAsync(
                new DeleteFunctionEventInvokeConfigRequest { FunctionName = function, Qualifier = qualifier }, cancellation);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            // That is what was wanted.
        }
    }
}
