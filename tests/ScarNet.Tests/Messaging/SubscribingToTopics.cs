using System.Text.Json;
using ScarNet.Local.Http;
using ScarNet.Local.Sns;
using ScarNet.Local.Storage;

namespace ScarNet.Tests.Messaging;

public sealed class SubscribingToTopics : IAsyncDisposable
{
    private readonly EngineParts engine = new();
    private readonly SubscriptionsApi subscriptions;

    public SubscribingToTopics()
    {
        subscriptions = new(engine.Database, engine.Topics, engine.Destinations, EngineParts.Endpoint, EngineParts.Account, engine.Clock);
    }

    [Fact]
    public async Task AsksWebServersAgainThatMissedTheQuestion()
    {
        await Make("t");
        await Subscribe("t");
        var first = Assert.Single(Questions());
        await Write("DELETE FROM sns_deliveries"); // as after the last attempt

        await Subscribe("t");
        await Subscribe("t");

        Assert.Equal(first, Assert.Single(Questions()));
    }

    [Fact]
    public async Task AnswersASecondVisitAsTheFirst()
    {
        await Make("t");
        await Subscribe("t");
        var token = Assert.Single(Questions());

        var first = await subscriptions.Confirm(token, null, TestContext.Current.CancellationToken);
        var second = await subscriptions.Confirm(token, engine.Topics.Names.Arn("t"), TestContext.Current.CancellationToken);

        Assert.Equal(first.Single().Value, second.Single().Value);
        Assert.Null(Assert.Single(Subscriptions()).Token);
    }

    [Fact]
    public async Task EndsWhatATokenCanDo()
    {
        await Make("t");
        await Subscribe("t");
        var token = Assert.Single(Questions());
        await subscriptions.Confirm(token, null, TestContext.Current.CancellationToken);

        await subscriptions.Unsubscribe(Form("SubscriptionArn", engine.Topics.Names.Subscription(Assert.Single(Subscriptions()))), TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<ApiException>(() => subscriptions.Confirm(token, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task TakesATokenOnlyForItsTopic()
    {
        await Make("t");
        await Make("mine");
        await Subscribe("t");

        await Assert.ThrowsAsync<ApiException>(
            () => subscriptions.Confirm(Assert.Single(Questions()), engine.Topics.Names.Arn("mine"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task KnowsASubscriptionOnlyByAllOfItsArn()
    {
        await Make("t");
        await Make("mine");
        await Subscribe("t");
        var wrong = $"{engine.Topics.Names.Arn("mine")}:{Assert.Single(Subscriptions()).Id}";

        await subscriptions.Unsubscribe(Form("SubscriptionArn", wrong), TestContext.Current.CancellationToken);

        Assert.Single(Subscriptions());
        Assert.Throws<ApiException>(() => subscriptions.Describe(Form("SubscriptionArn", wrong)));
        await Assert.ThrowsAsync<ApiException>(
            () => subscriptions.Set(Form("SubscriptionArn", wrong, "AttributeName", "RawMessageDelivery", "AttributeValue", "true"), TestContext.Current.CancellationToken));
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    private static SnsForm Form(params string[] pairs) => SnsForm.Read(System.Text.Encoding.UTF8.GetBytes(
        string.Join('&', pairs.Chunk(2).Select(pair => $"{pair[0]}={Uri.EscapeDataString(pair[1])}"))));

    private Task Make(string topic) => engine.Database.Write(
        db => TopicStore.Put(db, new TopicRecord(topic, new Dictionary<string, string>(), new Dictionary<string, string>())), TestContext.Current.CancellationToken);

    private Task Write(string sql) => engine.Database.Write(db => Sql.Run(db, sql), TestContext.Current.CancellationToken);

    private Task Subscribe(string topic) => subscriptions.Subscribe(
        Form("TopicArn", engine.Topics.Names.Arn(topic), "Protocol", "http", "Endpoint", "http://127.0.0.1:1/"), TestContext.Current.CancellationToken);

    private List<SubscriptionRecord> Subscriptions() => engine.Database.Read(db => TopicStore.Subscriptions(db, null, "", int.MaxValue));

    /// <returns>Their tokens.</returns>
    private List<string> Questions() => engine.Database.Read(db => Sql.Rows(
        db,
        "SELECT body FROM sns_deliveries WHERE kind = 'SubscriptionConfirmation'",
        row => JsonDocument.Parse(row.GetFieldValue<byte[]>(0)).RootElement.GetProperty("Token").GetString()!));
}
