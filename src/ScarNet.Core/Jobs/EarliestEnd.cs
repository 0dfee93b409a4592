namespace ScarNet.Core.Jobs;

/// <summary>A token that ends at the earliest of the times it was given, in whichever order they came. Thread-safe.</summary>
/// <param name="clock">Tells when that is.</param>
public sealed class EarliestEnd(TimeProvider clock) : IDisposable
{
    // A timer takes at most 49 days.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource over = new(Timeout.InfiniteTimeSpan, clock);
    private DateTimeOffset? end;

    public CancellationToken Over => over.Token;

    /// <summary>It ends at this time, or at once when that is past; one that ends earlier already does as before.</summary>
    public void At(DateTimeOffset time)
    {
        lock (gate)
        {
            if (end <= time)
            {
                return;
            }

            end = time;
            var left = time - clock.GetUtcNow();
            over.CancelAfter(left < TimeSpan.Zero ? TimeSpan.Zero : left < Longest ? left : Longest);
        }
    }

    public void Dispose() => over.Dispose();
}
