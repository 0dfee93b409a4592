using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using ScarNet.Local.Sns;
using ScarNet.Local.Storage;

namespace ScarNet.Tests.Messaging;

public sealed class DeliveringToWebServers : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private readonly EngineParts engine = new();
    private readonly CancellationTokenSource stop = new();
    private readonly List<TcpListener> servers = [];
    private readonly WebDeliveries deliveries;
    private Task running = Task.CompletedTask;

    public DeliveringToWebServers()
    {
        deliveries = new(engine.Database, engine.Topics, engine.Destinations, engine.Clock);
    }

    [Fact]
    public async Task HoldsUpNobodyForAServerThatDoesNotAnswer()
    {
        var (dead, _) = Serve(null);
        var (alive, got) = Serve("200 OK");
        await Subscribe("dead", dead);
        await Subscribe("alive", alive);
        for (var i = 0; i < 120; i++)
        {
            await Add("dead", WebDelivery.Notification);
        }

        await Add("alive", WebDelivery.Notification);
        running = deliveries.Run(stop.Token);

        Assert.True(await Next(got));
    }

    [Fact]
    public async Task GoesOnWhenTheDiskHasRoomAgain()
    {
        var (alive, got) = Serve("200 OK");
        await Subscribe("alive", alive);
        await Add("alive", WebDelivery.Notification);
        await Write("CREATE TRIGGER full BEFORE DELETE ON sns_deliveries BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");
        var commits = Channel.CreateUnbounded<bool>();
        engine.Database.Committed = () => commits.Writer.TryWrite(true);

        running = deliveries.Run(stop.Token);
        await Next(commits.Reader);
        var left = Left();
        await Write("DROP TRIGGER full");
        while (Left() > 0)
        {
            await Next(commits.Reader);
        }

        Assert.Equal(1, left);
        Assert.True(got.TryRead(out _));
        Assert.False(got.TryRead(out _));
    }

    [Theory]
    [InlineData(WebDelivery.Notification, 1)]
    [InlineData(WebDelivery.Confirmation, 0)]
    public async Task MovesOnlyNotificationsThatNobodyTook(string kind, int letters)
    {
        var (refusing, _) = Serve("503 No");
        var queue = engine.Queues.Arn("letters");
        var policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*"}]}""";
        await engine.Database.Write(
            db => ScarNet.Local.Sqs.QueueStore.Put(db, new("letters", new Dictionary<string, string> { ["Policy"] = policy }, new Dictionary<string, string>(), 0, 0)),
            TestContext.Current.CancellationToken);
        await Subscribe("refusing", refusing, ("RedrivePolicy", $$"""{"deadLetterTargetArn":"{{queue}}"}"""));
        await Add("refusing", kind);
        await Write("UPDATE sns_deliveries SET attempts = 3");
        var commits = Channel.CreateUnbounded<bool>();
        engine.Database.Committed = () => commits.Writer.TryWrite(true);

        running = deliveries.Run(stop.Token);
        while (Left() > 0)
        {
            await Next(commits.Reader); // that of the UPDATE may be told of late
        }

        Assert.Equal(letters, engine.Database.Read(db => Sql.Number(db, "SELECT count(*) FROM sqs_messages")));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
            // It was stopped.
        }

        servers.ForEach(server => server.Dispose());
        deliveries.Dispose();
        stop.Dispose();
        await engine.DisposeAsync();
    }

    private static Task<bool> Next(ChannelReader<bool> happened) =>
        happened.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Deadline, TestContext.Current.CancellationToken);

    /// <param name="status">Of every answer; null for none at all.</param>
    /// <returns>Its address, and what tells of requests.</returns>
    private (string Address, ChannelReader<bool> Requests) Serve(string? status)
    {
        var (server, requests) = (new TcpListener(IPAddress.Loopback, 0), Channel.CreateUnbounded<bool>());
        server.Start();
        servers.Add(server);
        if (status is not null)
        {
            _ = Answer(server, status, requests.Writer);
        }

        return ($"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/", requests.Reader);
    }

    private async Task Answer(TcpListener server, string status, ChannelWriter<bool> requests)
    {
        while (!stop.IsCancellationRequested)
        {
            using var client = await server.AcceptTcpClientAsync(stop.Token);
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, leaveOpen: true);
            for (var body = false; !body;)
            {
                body = await reader.ReadLineAsync(stop.Token) is null or "";
            }

            _ = await reader.ReadBlockAsync(new char[2], stop.Token); // the body
            requests.TryWrite(true);
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), stop.Token);
        }
    }

    private Task Subscribe(string id, string address, params (string Name, string Value)[] attributes) => engine.Database.Write(
        db => TopicStore.Put(db, Subscription(id, address) with { Attributes = attributes.ToDictionary(one => one.Name, one => one.Value) }),
        TestContext.Current.CancellationToken);

    private Task Add(string subscription, string kind) => engine.Database.Write(
        db => WebDelivery.Add(db, Subscription(subscription, ""), kind, Guid.NewGuid().ToString(), "{}"u8.ToArray(), engine.Clock.Now),
        TestContext.Current.CancellationToken);

    private static SubscriptionRecord Subscription(string id, string address) => new(id, "t", "http", address, new Dictionary<string, string>(), null);

    private Task Write(string sql) => engine.Database.Write(db => Sql.Run(db, sql), TestContext.Current.CancellationToken);

    private long? Left() => engine.Database.Read(db => Sql.Number(db, "SELECT count(*) FROM sns_deliveries"));
}
