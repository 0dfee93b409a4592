using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScarNet.Local.Http;
using ScarNet.Local.Sqs;
using ScarNet.Local.Wire;

namespace ScarNet.Tests.Messaging;

public sealed class KeepingMessagesOfQueues : IAsyncDisposable
{
    private readonly EngineParts engine = new();
    private readonly SqsQueues queues;
    private readonly SqsMessages messages;

    public KeepingMessagesOfQueues()
    {
        queues = new(engine.Database, engine.Queues, engine.Clock);
        messages = new(engine.Database, queues, engine.Queues, new Arrivals(), EngineParts.Account, engine.Clock);
    }

    [Fact]
    public async Task EndsWithTheirRetentionThoughNobodyReadsThem()
    {
        await Make("q", ("MessageRetentionPeriod", "60"));
        await Send("q", "old");
        engine.Clock.Now += TimeSpan.FromSeconds(61);
        await Send("q", "young");

        var counted = await Count("q");
        await new QueueRetention(engine.Database, engine.Clock).Sweep(TestContext.Current.CancellationToken);

        Assert.Equal("1", counted);
        Assert.Equal(1, Stored());
        Assert.Equal(["young"], await Receive("q"));
    }

    [Theory]
    [InlineData("a\0b", "#x0")]
    [InlineData("\u0001", "#x1")]
    [InlineData("\uFFFE", "#xFFFE")]
    public async Task TakesNoCharactersThatXmlCannotSay(string body, string said)
    {
        await Make("q");

        var refused = await Assert.ThrowsAsync<ApiException>(() => Send("q", body));

        Assert.Equal("InvalidMessageContents", refused.Code);
        Assert.Contains($"'{said}'", refused.Message, StringComparison.Ordinal);
        await Send("q", "\U0001F600\t\uFFFD");
        Assert.Equal(["\U0001F600\t\uFFFD"], await Receive("q"));
    }

    [Fact]
    public async Task TakesABatchWithoutTheEntriesThatAreWrong()
    {
        await Make("q");
        var entries = ((string Id, string Body)[])[("1", "one"), ("2", "\u0001"), ("3", "three")];

        var sent = await messages.SendBatch(
            Input(new { QueueUrl = engine.Queues.Url("q"), Entries = entries.Select(entry => new { entry.Id, MessageBody = entry.Body }) }), TestContext.Current.CancellationToken);

        Assert.Equal(["1", "3"], sent!["Successful"]!.AsArray().Select(entry => (string)entry!["Id"]!));
        Assert.Equal(("2", "InvalidMessageContents"), ((string?)sent["Failed"]![0]!["Id"], (string?)sent["Failed"]![0]!["Code"]));
        Assert.Equal(["one", "three"], (await Receive("q")).Order());
    }

    /// <summary>What services send may hold what clients may not.</summary>
    [Fact]
    public async Task CutsNothingOffAtANul()
    {
        await Make("q");
        var body = $"a\0{new string('b', 2000)}";

        await engine.Database.Write(
            db => engine.Destinations.Hand(db, "arn:aws:sqs:us-east-1:000000000000:q", new(Encoding.UTF8.GetBytes(body))), TestContext.Current.CancellationToken);

        Assert.Equal([body.Replace('\0', '\uFFFD')], await Receive("q"));
    }

    [Fact]
    public async Task HandsOutNoneThatIsTooOldBeforeItIsDeleted()
    {
        await Make("q", ("MessageRetentionPeriod", "60"));
        await Send("q", "old");
        engine.Clock.Now += TimeSpan.FromSeconds(61);

        Assert.Empty(await Receive("q"));
        Assert.Equal(1, Stored());
    }

    [Fact]
    public async Task WritesNothingWhenThereIsNothingToReceive()
    {
        await Make("q");
        await Send("q", "hidden");
        await Receive("q");
        await Told();
        var commits = 0;
        engine.Database.Committed = () => Interlocked.Increment(ref commits);

        var received = await Receive("q");

        Assert.Empty(received);
        Assert.Equal(0, commits);
    }

    [Fact]
    public async Task MovesWhatWasReceivedTooOften()
    {
        await Make("dead");
        await Make("q", ("VisibilityTimeout", "0"), ("RedrivePolicy", $$"""{"deadLetterTargetArn":"{{engine.Queues.Arn("dead")}}","maxReceiveCount":2}"""));
        await Send("q", "poison");
        var received = new List<string>();

        for (var i = 0; i < 3; i++)
        {
            received.AddRange(await Receive("q"));
        }

        Assert.Equal(["poison", "poison"], received);
        Assert.Equal(["poison"], await Receive("dead"));
    }

    [Fact]
    public async Task ShowsManyAtOnceAgain()
    {
        await Make("q");
        await Send("q", "a");
        await Send("q", "b");
        var receipts = (await ReceiveAll("q")).Select(message => message!["ReceiptHandle"]!.ToString()).ToList();

        var answer = await messages.ChangeVisibilityBatch(
            Input(new { QueueUrl = engine.Queues.Url("q"), Entries = receipts.Append("ABCD").Select((receipt, i) => new { Id = $"{i}", ReceiptHandle = receipt, VisibilityTimeout = 0 }) }),
            TestContext.Current.CancellationToken);

        Assert.Equal(["0", "1"], answer!["Successful"]!.AsArray().Select(one => one!["Id"]!.ToString()));
        Assert.Equal("ReceiptHandleIsInvalid", Assert.Single(answer["Failed"]!.AsArray())!["Code"]!.ToString());
        Assert.Equal(2, (await ReceiveAll("q")).Count);
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    private static JsonInput Input(object value) => JsonInput.Parse(JsonSerializer.SerializeToUtf8Bytes(value));

    private Task Make(string name, params (string Name, string Value)[] attributes) => queues.Create(
        Input(new { QueueName = name, Attributes = attributes.ToDictionary(one => one.Name, one => one.Value) }), TestContext.Current.CancellationToken);

    private Task Send(string queue, string body) =>
        messages.Send(Input(new { QueueUrl = engine.Queues.Url(queue), MessageBody = body }), TestContext.Current.CancellationToken);

    private async Task<JsonArray> ReceiveAll(string queue)
    {
        var answer = await messages.Receive(Input(new { QueueUrl = engine.Queues.Url(queue), MaxNumberOfMessages = 10 }), TestContext.Current.CancellationToken);
        return answer?["Messages"]?.AsArray() ?? [];
    }

    private async Task<IEnumerable<string>> Receive(string queue) => (await ReceiveAll(queue)).Select(message => message!["Body"]!.ToString()).ToList();

    private async Task<string> Count(string queue)
    {
        var answer = await queues.Describe(Input(new { QueueUrl = engine.Queues.Url(queue), AttributeNames = new[] { "All" } }));
        return answer!["Attributes"]!["ApproximateNumberOfMessages"]!.ToString();
    }

    private long? Stored() => engine.Database.Read(db => ScarNet.Local.Storage.Sql.Number(db, "SELECT count(*) FROM sqs_messages"));

    /// <summary>Every commit so far has been told of: that comes after its write has ended.</summary>
    private async Task Told()
    {
        var (ran, told) = (false, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        engine.Database.Committed = () =>
        {
            if (ran)
            {
                told.TrySetResult();
            }
        };
        await engine.Database.Write(_ => ran = true, TestContext.Current.CancellationToken);
        await told.Task;
    }
}
