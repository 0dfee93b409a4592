namespace ScarNet.Core.Jobs;

/// <summary>When a script has to be done, and for how long a claim holds. Pure arithmetic on the times given.</summary>
public static class Supervision
{
    /// <summary>How much longer than its work a claim holds, so that clocks and the last calls do not matter.</summary>
    public static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(30);

    /// <summary>Lease of a job without a timeout. Source: the longest a job may run on Fargate is 14 days.</summary>
    public static readonly TimeSpan UnlimitedLease = TimeSpan.FromDays(14);

    private static readonly TimeSpan LongestGrace = TimeSpan.FromSeconds(2);

    /// <summary>When the script is told to end: the threshold before the end of the time, but never more than half of it.</summary>
    /// <param name="now">Now.</param>
    /// <param name="end">When the Lambda or the job is killed; null when it is not.</param>
    /// <param name="threshold">The time kept for uploads.</param>
    public static DateTimeOffset? ScriptDeadline(DateTimeOffset now, DateTimeOffset? end, TimeSpan threshold) =>
        end is { } e ? e - Margin(now, e, threshold) : null;

    /// <summary>From the friendly signal at the deadline to the one that cannot be refused.</summary>
    public static TimeSpan Grace(DateTimeOffset now, DateTimeOffset? end, TimeSpan threshold)
    {
        var quarter = end is { } e ? Margin(now, e, threshold) / 4 : LongestGrace;
        return quarter < LongestGrace ? quarter : LongestGrace;
    }

    /// <summary>When an attempt of a Batch job is killed; null when it is not.</summary>
    public static DateTimeOffset? EndOfJob(DateTimeOffset started, double? timeoutSeconds) =>
        timeoutSeconds is { } seconds ? started + TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Until when a claim holds whose work ends at the given time.</summary>
    public static DateTimeOffset LeaseUntil(DateTimeOffset now, DateTimeOffset? end) => end is { } e ? e + LeaseMargin : now + UnlimitedLease;

    /// <summary>Whether an object can be put on a disk at all.</summary>
    public static bool Fits(long? sizeBytes, long freeBytes) => sizeBytes is null || sizeBytes <= freeBytes;

    private static TimeSpan Margin(DateTimeOffset now, DateTimeOffset end, TimeSpan threshold)
    {
        var half = end > now ? (end - now) / 2 : TimeSpan.Zero;
        return threshold < half ? threshold : half;
    }
}
