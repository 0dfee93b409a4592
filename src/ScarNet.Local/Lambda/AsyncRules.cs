namespace ScarNet.Local.Lambda;

/// <summary>What becomes of an asynchronous invocation.</summary>
internal enum AsyncEnd
{
    Succeeded,

    /// <summary>It is tried again.</summary>
    Retry,

    /// <summary>All attempts failed.</summary>
    RetriesExhausted,

    /// <summary>It became too old.</summary>
    EventAgeExceeded,

    /// <summary>Its function is gone.</summary>
    NoFunction,
}

/// <param name="End">What becomes of it.</param>
/// <param name="NotBefore">When a retry is due.</param>
internal sealed record AsyncOutcome(AsyncEnd End, DateTimeOffset NotBefore = default);

/// <summary>Lambda's rules for asynchronous invocation. Source: docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html</summary>
internal static class AsyncRules
{
    public const int DefaultRetries = 2;
    public const int DefaultMaximumAgeSeconds = 21_600;

    /// <returns>Null when the attempt may be made.</returns>
    public static AsyncOutcome? BeforeAttempt(AsyncInvocation row, FunctionRecord? function, DateTimeOffset now) => function is null
        ? new AsyncOutcome(AsyncEnd.NoFunction)
        : now - row.Enqueued > MaximumAge(function) ? new AsyncOutcome(AsyncEnd.EventAgeExceeded) : null;

    public static AsyncOutcome AfterAttempt(
        AsyncInvocation row, FunctionRecord function, bool succeeded, DateTimeOffset now, IReadOnlyList<TimeSpan> retryWaits)
    {
        if (succeeded)
        {
            return new AsyncOutcome(AsyncEnd.Succeeded);
        }

        var notBefore = now + retryWaits[Math.Min(row.Attempts, retryWaits.Count - 1)];
        return row.Attempts >= (function.EventInvoke?.MaximumRetryAttempts ?? DefaultRetries)
            ? new AsyncOutcome(AsyncEnd.RetriesExhausted)
            : notBefore - row.Enqueued > MaximumAge(function)
                ? new AsyncOutcome(AsyncEnd.EventAgeExceeded)
                : new AsyncOutcome(AsyncEnd.Retry, notBefore);
    }

    private static TimeSpan MaximumAge(FunctionRecord function) =>
        TimeSpan.FromSeconds(function.EventInvoke?.MaximumEventAgeSeconds ?? DefaultMaximumAgeSeconds);
}
