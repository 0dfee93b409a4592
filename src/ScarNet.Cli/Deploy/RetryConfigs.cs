using Amazon.Runtime;
using ScarNet.Aws.Lambda.Model;

namespace ScarNet.Cli.Deploy;

/// <summary>How often Lambda tries a failed event again. Its own default is twice; only another number is written down.</summary>
internal sealed class RetryConfigs(Target target)
{
    private const int LambdasDefault = 2;

    public async Task<int?> Find(string function, CancellationToken cancellation)
    {
        try
        {
            var config = await target.Clients.Lambda.GetFunctionEventInvokeConfigAsync(
                new GetFunctionEventInvokeConfigRequest { FunctionName = function }, cancellation);
            return config.MaximumRetryAttempts;
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            return null;
        }
    }

    /// <returns>Null when there is nothing to say about it.</returns>
    public Step? Plan(FunctionPlan function, int? current, Step functionStep)
    {
        // In batch mode Lambda only submits: the retries of the file are the job's.
        var wanted = function.Function.Mode != Core.Functions.ExecutionMode.Batch && function.Function.Retries is { } retries
            ? Math.Min(retries, LambdasDefault)
            : (int?)null;
        if (wanted is null && current is null)
        {
            return null;
        }

        var step = new Step
        {
            Kind = StepKind.Keep,
            Resource = "retries",
            Name = function.Name,
            Function = function.Name,
            Reason = "is as it should be",
            After = [functionStep],
        };
        return wanted == current && functionStep.Kind is not StepKind.Replace ? step : step with
        {
            Kind = wanted is null ? StepKind.Delete : current is null ? StepKind.Create : StepKind.Update,
            Reason = wanted is null ? "Lambda's default is wanted" : $"a failed event is tried again {wanted} times",
            Changes = [new("MaximumRetryAttempts", current?.ToString(), wanted?.ToString())],
            Action = (_, ct) => wanted is { } attempts
                ? target.Clients.Lambda.PutFunctionEventInvokeConfigAsync(
                    new PutFunctionEventInvokeConfigRequest { FunctionName = function.Name, MaximumRetryAttempts = attempts }, ct)
                : target.Clients.Lambda.DeleteFunctionEventInvokeConfigAsync(
                    new DeleteFunctionEventInvokeConfigRequest { FunctionName = function.Name }, ct),
        };
    }
}
