using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace ScarNet.Aws.Http;

/// <summary>
/// Makes each attempt of a call when the <see cref="CallPace"/> says so. The SDK's adaptive mode would do the same, but begins with a call in two
/// seconds after a first burst; and its retries alone give up when many calls are throttled at once.
/// </summary>
internal sealed class PacingHandler(CallPace pace, TimeProvider clock) : PipelineHandler
{
    // Source: docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
    private static readonly HashSet<string> throttling =
    [
        "BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException", "PriorRequestNotComplete", "ProvisionedThroughputExceededException",
        "RequestLimitExceeded", "RequestThrottled", "RequestThrottledException", "SlowDown", "ThrottledException", "Throttling", "ThrottlingException",
        "TooManyRequestsException", "TransactionInProgressException",
    ];

    private readonly long start = clock.GetTimestamp();

    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        ArgumentNullException.ThrowIfNull(executionContext);
        var at = pace.Take(Now);
        if (at - Now is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, executionContext.RequestContext.CancellationToken);
        }

        var made = Now;
        try
        {
            var answer = await base.InvokeAsync<T>(executionContext);
            pace.LetThrough();
            return answer;
        }
        catch (AmazonServiceException e)
        {
            if (e.ErrorCode is { } code && throttling.Contains(code))
            {
                pace.Throttled(made);
            }
            else
            {
                pace.LetThrough(); // that there is no such thing is an answer, too
            }

            throw;
        }
    }

    private TimeSpan Now => clock.GetElapsedTime(start);
}
