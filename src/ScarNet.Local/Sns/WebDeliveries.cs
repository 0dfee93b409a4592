using System.Net.Http.Headers;
using System.Text;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Delivery;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Sns;

/// <summary>Sends messages to web servers that subscribed, and again while they do not take them. Durable.</summary>
internal sealed class WebDeliveries(Database database, Topics topics, Destinations destinations, TimeProvider clock) : IDisposable
{
    public const string Schema =
        """
        CREATE TABLE IF NOT EXISTS sns_deliveries (
            id INTEGER PRIMARY KEY AUTOINCREMENT, subscription TEXT NOT NULL, kind TEXT NOT NULL, message_id TEXT NOT NULL, body BLOB NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0, not_before_ms INTEGER NOT NULL);
        """;

    /// <summary>As often as SNS tries again by default. Source: docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html</summary>
    private const int Retries = 3;

    private const int AtOnce = 10;

    /// <summary>Where SNS waits 20 s, a laptop need not.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(15) };
    private readonly SemaphoreSlim arrived = new(0, 1);

    /// <summary>Adds one inside the caller's write.</summary>
    public static void Add(SqliteConnection db, SubscriptionRecord subscription, string kind, string messageId, byte[] body, DateTimeOffset now) => db.Run(
        "INSERT INTO sns_deliveries (subscription, kind, message_id, body, not_before_ms) VALUES ($subscription, $kind, $id, $body, $now)",
        ("$subscription", subscription.Id),
        ("$kind", kind),
        ("$id", messageId),
        ("$body", body),
        ("$now", now.ToUnixTimeMilliseconds()));

    /// <summary>After the commit: there may be something to send.</summary>
    public void Signal()
    {
        if (arrived.CurrentCount == 0)
        {
            try
            {
                arrived.Release();
            }
            catch (SemaphoreFullException)
            {
                // It has been told already.
            }
        }
    }

    /// <summary>Works until cancelled.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        while (true)
        {
            var due = database.Read(db => Due(db, NowMs));
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, Send);
            if (due.Count == 0)
            {
                var next = database.Read(db => db.Number("SELECT min(not_before_ms) FROM sns_deliveries"));
                var wait = next is { } ms ? TimeSpan.FromMilliseconds(Math.Max(1, ms - NowMs)) : LongestWait;
                await arrived.WaitAsync(wait < LongestWait ? wait : LongestWait, cancellation);
            }
        }
    }

    public void Dispose()
    {
        http.Dispose();
        arrived.Dispose();
    }

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static List<Delivery> Due(SqliteConnection db, long nowMs) => db.Rows(
        "SELECT id, subscription, kind, message_id, body, attempts FROM sns_deliveries WHERE not_before_ms <= $now ORDER BY id LIMIT 100",
        row => new Delivery(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<byte[]>(4), row.GetInt32(5)),
        ("$now", nowMs));

    private async ValueTask Send(Delivery delivery, CancellationToken cancellation)
    {
        var subscription = database.Read(db => TopicStore.Subscription(db, delivery.Subscription));
        var taken = subscription is null || await IsTaken(delivery, subscription, cancellation);
        await database.Write(
            db =>
            {
                if (taken || delivery.Attempts >= Retries)
                {
                    db.Run("DELETE FROM sns_deliveries WHERE id = $id", ("$id", delivery.Id));
                }
                else
                {
                    db.Run(
                        "UPDATE sns_deliveries SET attempts = attempts + 1, not_before_ms = $at WHERE id = $id",
                        ("$id", delivery.Id),
                        ("$at", NowMs + (long)Pause.TotalMilliseconds));
                }

                if (!taken && delivery.Attempts >= Retries)
                {
                    topics.Redrive(db, subscription!, new Message(delivery.Body), destinations);
                }
            },
            cancellation);
        destinations.Signal();
    }

    private async Task<bool> IsTaken(Delivery delivery, SubscriptionRecord subscription, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, subscription.Endpoint) { Content = new ByteArrayContent(delivery.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", Encoding.UTF8.WebName);
        request.Headers.Add("x-amz-sns-message-type", delivery.Kind);
        request.Headers.Add("x-amz-sns-message-id", delivery.MessageId);
        request.Headers.Add("x-amz-sns-topic-arn", topics.Names.Arn(subscription.Topic));
        if (subscription.Token is null)
        {
            request.Headers.Add("x-amz-sns-subscription-arn", topics.Names.Subscription(subscription));
        }

        if (subscription.IsRaw)
        {
            request.Headers.Add("x-amz-sns-rawdelivery", "true");
        }

        try
        {
            using var answer = await http.SendAsync(request, cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private sealed record Delivery(long Id, string Subscription, string Kind, string MessageId, byte[] Body, int Attempts);
}
