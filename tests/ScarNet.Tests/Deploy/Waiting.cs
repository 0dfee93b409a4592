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

    [Fact]
    public async Task ForACallToSucceedDoesNotHangInIt()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => Poll.Again(Silence, _ => true, longest, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ForACallToSucceedEndsWithWhatItLastFailedOf()
    {
        var calls = 0;

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => Poll.Again(
            ct => calls++ == 0 ? throw new InvalidOperationException("not yet") : Silence(ct), _ => true, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));

        Assert.Equal("not yet", failure.Message);
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
