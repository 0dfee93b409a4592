namespace ScarNet.Core.Jobs;

/// <summary>When a script has to be done, and for how long a claim holds. Pure arithmetic on the times given.</summary>
public static class Supervision
{
    /// <summary>How much longer than its work a claim holds, so that clocks and the last calls do not matter.</summary>
    public static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(30);

    /// <summary>Lease of a job without a timeout. Source: the longest a job may run on Fargate is 14 days.</summary>
    public static readonly TimeSpan UnlimitedLease = TimeSpan.FromDays(14);

    // Of the 25 s that a job has from Batch's SIGTERM until its record must be written.
    private static readonly TimeSpan LongestGrace = TimeSpan.FromSeconds(8);

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

    /// <summary>Whether a run has the disk it wants.</summary>
    /// <param name="sizeBytes">Of its inputs; null when nobody knows.</param>
    /// <param name="freeBytes">On the disk.</param>
    /// <param name="factor">How many times its inputs the run wants.</param>
    public static bool Fits(long? sizeBytes, long freeBytes, double factor = 1) => sizeBytes is null || sizeBytes * factor <= freeBytes;

    private static TimeSpan Margin(DateTimeOffset now, DateTimeOffset end, TimeSpan threshold)
    {
        var half = end > now ? (end - now) / 2 : TimeSpan.Zero;
        return threshold < half ? threshold : half;
    }
}
