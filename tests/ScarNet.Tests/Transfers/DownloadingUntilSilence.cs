using System.Net;
using System.Net.Sockets;
using Amazon.S3;
using ScarNet.Cli.Output;
using ScarNet.Cli.Transfers;

namespace ScarNet.Tests.Transfers;

public sealed class DownloadingUntilSilence : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("scarnet-test-").FullName;
    private readonly TcpListener server = new(IPAddress.Loopback, 0);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FailsWhatStopsComing()
    {
        server.Start();
        using var s3 = new AmazonS3Client("key", "secret", new AmazonS3Config
        {
            ServiceURL = $"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}",
            ForcePathStyle = true,
            MaxErrorRetry = 0,
        });
        var clock = new RingingClock();
        var download = new Downloader(s3, new NoMeter(), clock).Carry([new(new("bucket", "key"), "key", 1000, null)], directory, Cancellation);
        using var client = await server.AcceptTcpClientAsync(Cancellation);
        await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nETag: \"e\"\r\n\r\nhalf"u8.ToArray(), Cancellation);

        clock.Ring();
        var failure = Assert.Single(await download.WaitAsync(TimeSpan.FromSeconds(30), Cancellation));

        Assert.Equal("nothing moved for 60 seconds", Assert.IsType<TimeoutException>(failure.Reason).Message);
        Assert.Empty(Directory.GetFiles(directory));
    }

    public void Dispose()
    {
        server.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>Its first timer rings when the test says so.</summary>
    private sealed class RingingClock : TimeProvider
    {
        private Action? ring;

        public void Ring() => ring!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            ring ??= () => callback(state);
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private sealed class NoMeter : ITransferMeter
    {
        public void Advance(long bytes)
        {
        }

        public void Finished(string from, string to)
        {
        }
    }
}
