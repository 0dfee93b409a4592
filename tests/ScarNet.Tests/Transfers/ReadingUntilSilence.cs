using System.IO.Pipelines;
using ScarNet.Core.Transfers;

namespace ScarNet.Tests.Transfers;

public sealed class ReadingUntilSilence
{
    private readonly Pipe pipe = new();
    private readonly HeldClock clock = new();
    private readonly byte[] buffer = new byte[16];

    [Fact]
    public async Task HandsOnWhatComes()
    {
        await pipe.Writer.WriteAsync("abc"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal(3, await Silence.Read(pipe.Reader.AsStream(), buffer, TestContext.Current.CancellationToken, clock));
        Assert.Equal(Silence.Longest, clock.Asked);
        Assert.Equal("abc"u8, buffer.AsSpan(0, 3));
    }

    [Fact]
    public async Task EndsWhenNothingCameForTooLong()
    {
        var read = Silence.Read(pipe.Reader.AsStream(), buffer, TestContext.Current.CancellationToken, clock).AsTask();

        Assert.False(read.IsCompleted);
        clock.Ring();

        var e = await Assert.ThrowsAsync<TimeoutException>(() => read);
        Assert.Equal("nothing came for 60 seconds", e.Message);
    }

    [Fact]
    public async Task TellsACancellationFromSilence()
    {
        using var stop = new CancellationTokenSource();
        var read = Silence.Read(pipe.Reader.AsStream(), buffer, stop.Token, clock).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
    }
}
