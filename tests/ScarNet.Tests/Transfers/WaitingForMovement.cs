using System.Net;
using System.Net.Sockets;
using ScarNet.Core.Transfers;

namespace ScarNet.Tests.Transfers;

public sealed class WaitingForMovement
{
    private readonly HeldClock clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EndsAnUploadThatNobodyTakes()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var patience = new Patience(Cancellation, clock);
        using var body = new StreamContent(patience.Watch(new MemoryStream(new byte[64 << 20])));
        var put = patience.During(async token => await http.PutAsync(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/x"), body, token));
        using var client = await listener.AcceptTcpClientAsync(Cancellation); // which never reads

        clock.Ring();

        Assert.Equal("nothing moved for 60 seconds", (await Assert.ThrowsAsync<TimeoutException>(() => put)).Message);
    }

    /// <summary>As a client does whose request was redirected.</summary>
    [Fact]
    public async Task LetsWhatItWatchesBeSentAnew()
    {
        using var patience = new Patience(Cancellation, clock);
        using var body = new StreamContent(patience.Watch(new MemoryStream([1, 2, 3])));
        using var second = new MemoryStream();

        await body.CopyToAsync(Stream.Null, Cancellation);
        await body.CopyToAsync(second, Cancellation);

        Assert.Equal([1, 2, 3], second.ToArray());
        Assert.Equal(Patience.LongestAnswer, clock.Asked);
    }

    [Fact]
    public async Task BeginsAnewWithEveryPiece()
    {
        using var patience = new Patience(Cancellation, clock);
        var watched = patience.Watch(new MemoryStream(new byte[10]));
        var before = clock.Changes;

        await watched.ReadExactlyAsync(new byte[4], Cancellation);
        await watched.ReadExactlyAsync(new byte[6], Cancellation);

        Assert.Equal(2, clock.Changes - before);
        Assert.Equal(Silence.Longest, clock.Asked);
    }

    [Fact]
    public async Task TellsACancellationFromSilence()
    {
        using var stop = new CancellationTokenSource();
        using var patience = new Patience(stop.Token, clock);
        var call = patience.During(async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return 0;
        });

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task EndsABodyThatStopsComing()
    {
        var pipe = new System.IO.Pipelines.Pipe();
        await pipe.Writer.WriteAsync("abc"u8.ToArray(), Cancellation);
        var guarded = Silence.Guard(pipe.Reader.AsStream(), clock);
        var all = guarded.CopyToAsync(new MemoryStream(), Cancellation);

        while (!all.IsCompleted)
        {
            clock.Ring();
            await Task.Yield();
        }

        await Assert.ThrowsAsync<TimeoutException>(() => all);
    }
}
