namespace ScarNet.Aws.Http;

/// <summary>
/// How fast a service may be called, learned from what it throttles: no limit at first, two thirds of the calls after one that was throttled, a
/// little more after each that was not. The clock is the caller's. Thread-safe.
/// </summary>
internal sealed class CallPace
{
    /// <summary>Between two calls after the first that was throttled: 20 calls a second.</summary>
    private static readonly TimeSpan first = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan longest = TimeSpan.FromSeconds(2);

    /// <summary>Below it calls are not held back at all: 500 a second.</summary>
    private static readonly TimeSpan shortest = TimeSpan.FromMilliseconds(2);

    /// <summary>How long a new pace is tried before it is slowed again: a service that counts by the second still throttles for a while.</summary>
    private static readonly TimeSpan trial = TimeSpan.FromMilliseconds(250);

    private const double Slower = 1.5;
    private const double Faster = 0.97;

    private readonly Lock gate = new();
    private TimeSpan interval = TimeSpan.Zero;
    private TimeSpan next = TimeSpan.Zero;
    private TimeSpan slowed = TimeSpan.MinValue;

    /// <summary>Takes the next place in the row of calls.</summary>
    /// <param name="now">Time since any fixed moment.</param>
    /// <returns>When to make the call, on the same clock.</returns>
    public TimeSpan Take(TimeSpan now)
    {
        lock (gate)
        {
            var at = next > now ? next : now;
            next = at + interval;
            return at;
        }
    }

    /// <summary>A call was answered, with whatever but that there were too many.</summary>
    public void LetThrough()
    {
        lock (gate)
        {
            interval *= Faster;
            if (interval < shortest)
            {
                interval = TimeSpan.Zero;
            }
        }
    }

    /// <param name="made">When the call was made that was throttled. One of before the pace was slowed says nothing about the new one.</param>
    public void Throttled(TimeSpan made)
    {
        lock (gate)
        {
            if (slowed != TimeSpan.MinValue && made < slowed + trial)
            {
                return;
            }

            slowed = made;
            var slower = interval * Slower;
            interval = slower > longest ? longest : slower < first ? first : slower;
            next = next > made + interval ? next : made + interval;
        }
    }
}
