using Amazon.Runtime;
using ScarNet.Aws.Lambda.Model;

namespace ScarNet.Cli.Deploy;

/// <summary>How many invocations of a function run at once. The account keeps as many free for it, and gives it no more.</summary>
internal sealed class ReservedConcurrency(Target target)
{
    /// <param name="function">The function.</param>
    /// <param name="current">As GetFunction tells it; null when none is reserved.</param>
    /// <param name="functionStep">Comes before.</param>
    /// <returns>Null when there is nothing to say about it.</returns>
    public Step? Plan(FunctionPlan function, int? current, Step functionStep)
    {
        var wanted = function.Function.ReservedConcurrency;
        if (wanted is null && current is null)
        {
            return null;
        }

        // A function that is made anew has lost it.
        var there = functionStep.Kind is StepKind.Create or StepKind.Replace ? null : current;
        var step = new Step
        {
            Kind = StepKind.Keep,
            Resource = "concurrency",
            Name = function.Name,
            Function = function.Name,
            Reason = "is as it should be",
            After = [functionStep],
        };
        return wanted == there ? step : step with
        {
            Kind = wanted is null ? StepKind.Delete : there is null ? StepKind.Create : StepKind.Update,
            Reason = wanted is null ? "what the account has left is wanted" : $"at most {wanted} invocations run at once",
            Changes = [new("ReservedConcurrentExecutions", current?.ToString(), wanted?.ToString())],
            Action = (run, ct) => wanted is { } reserved ? Put(function.Name, reserved, there is null, run, ct) : Delete(function.Name, ct),
        };
    }

    private async Task Put(string function, int reserved, bool isNew, StepRun run, CancellationToken cancellation)
    {
        Task Write() => target.Clients.Lambda.PutFunctionConcurrencyAsync(
            new PutFunctionConcurrencyRequest { FunctionName = function, ReservedConcurrentExecutions = reserved }, cancellation);
        await (isNew ? run.Create(Write, undo => Delete(function, undo)) : Write());
    }

    private async Task Delete(string function, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Lambda.DeleteFunctionConcurrencyAsync(new DeleteFunctionConcurrencyRequest { FunctionName = function }, cancellation);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            // That is what was wanted.
        }
    }
}
