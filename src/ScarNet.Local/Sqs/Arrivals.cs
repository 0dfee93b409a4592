using ScarNet.Local.Status;

namespace ScarNet.Local.Sqs;

/// <summary>Wakes those who wait for messages. Thread-safe.</summary>
internal sealed class Arrivals
{
    /// <summary>Longest time to the next look, so that nothing that forgot to tell is missed for long.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly Activity activity = new();

    /// <summary>Something was sent; call it after the commit.</summary>
    public void Tell() => activity.Changed();

    /// <summary>What <see cref="Wait"/> waits for: taken before one looks, so that nothing falls between.</summary>
    public Task Next() => activity.Next();

    public static async Task Wait(Task next, TimeSpan most, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(next, Task.Delay(most < Longest ? most : Longest, end.Token));
        await end.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }
}
