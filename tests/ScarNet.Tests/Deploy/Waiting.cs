using ScarNet.Cli.Deploy;
using ScarNet.Core;

namespace ScarNet.Tests.Deploy;

/// <summary>Waits for a service that takes a call and then says nothing: they end all the same.</summary>
public sealed class Waiting
{
    private static readonly TimeSpan longest = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task ForAnEndDoesNotHangInALook()
    {
        var failure = await Assert.ThrowsAsync<ScarException>(() => Poll.Until(Silence, _ => true, longest, "queue 'q'", TestContext.Current.CancellationToken));

        Assert.StartsWith("queue 'q': not done after ", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>What is broken off may be carried out all the same, and nobody would undo it.</summary>
    [Fact]
    public async Task ForACallToSucceedBreaksNoneOff()
    {
        var release = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = 0;
        var broken = CancellationToken.None;

        var waiting = Poll.Again(
            ct =>
            {
                broken = ct;
                return calls++ == 0 ? throw new InvalidOperationException("not yet") : release.Task;
            },
            _ => true,
            TimeSpan.FromSeconds(1),
            TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<TimeoutException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken));
        release.SetResult(7);

        Assert.Equal(7, await waiting);
        Assert.False(broken.IsCancellationRequested);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task EndsWhenItIsInterrupted()
    {
        using var interrupt = new CancellationTokenSource(longest);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Poll.Until(Silence, _ => true, TimeSpan.FromMinutes(5), "queue 'q'", interrupt.Token));
    }

    private static async Task<bool> Silence(CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        return true;
    }
}
