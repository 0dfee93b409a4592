using Microsoft.Data.Sqlite;
using ScarNet.Local.Delivery;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Sns;

/// <summary>
/// Sends messages to web servers that subscribed, and again while they do not take them. Durable. Every subscription has a lane of its own,
/// so that a server which does not answer holds up nobody else's messages.
/// </summary>
internal sealed class WebDeliveries(Database database, Topics topics, Destinations destinations, TimeProvider clock) : IDisposable
{
    /// <summary>As often as SNS tries again by default. Source: docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html</summary>
    private const int Retries = 3;

    /// <summary>Of one subscription.</summary>
    private const int AtOnce = 10;

    /// <summary>Where SNS waits 20 s, a laptop need not.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly WebPost web = new(topics.Names);
    private readonly SemaphoreSlim arrived = new(0, 1);

    /// <summary>After the commit: there may be something to send.</summary>
    public void Signal()
    {
        try
        {
            arrived.Release();
        }
        catch (SemaphoreFullException)
        {
            // It has been told already, and will look at everything that is there.
        }
    }

    /// <summary>Works until cancelled; then waits for the lanes, which it has cut off.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        var lanes = new Dictionary<string, Task>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            while (true)
            {
                foreach (var (subscription, lane) in lanes.Where(lane => lane.Value.IsCompleted).ToList())
                {
                    await lane; // a bug shows here
                    lanes.Remove(subscription);
                }

                await arrived.WaitAsync(StartLanes(lanes, stop.Token), cancellation);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(lanes.Values).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    public void Dispose()
    {
        web.Dispose();
        arrived.Dispose();
    }

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Starts those that have something to send and do not run.</summary>
    /// <returns>How long nothing more can become due by itself.</returns>
    private TimeSpan StartLanes(Dictionary<string, Task> lanes, CancellationToken cancellation)
    {
        var (now, wait) = (NowMs, LongestWait);
        foreach (var (subscription, due) in database.Read(WebDelivery.Next).Where(next => !lanes.ContainsKey(next.Subscription)))
        {
            if (due <= now)
            {
                lanes[subscription] = Task.Run(() => SendDue(subscription, cancellation), CancellationToken.None);
                _ = lanes[subscription].ContinueWith(_ => Signal(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
            else if (TimeSpan.FromMilliseconds(due - now) is var left && left < wait)
            {
                wait = left;
            }
        }

        return wait;
    }

    private async Task SendDue(string subscription, CancellationToken cancellation)
    {
        while (database.Read(db => WebDelivery.Due(db, subscription, NowMs, AtOnce)) is { Count: > 0 } due)
        {
            await Task.WhenAll(due.Select(delivery => Send(subscription, delivery, cancellation)));
        }
    }

    private async Task Send(string id, WebDelivery delivery, CancellationToken cancellation)
    {
        var subscription = database.Read(db => TopicStore.Subscription(db, id));
        var taken = subscription is null || await web.Send(delivery, subscription, cancellation);
        while (true)
        {
            try
            {
                await database.Write(db => WriteDown(db, delivery, taken ? null : subscription), cancellation);
                destinations.Signal();
                return;
            }
            catch (SqliteException e) when (!cancellation.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync($"scarnet: engine: what became of message {delivery.MessageId} cannot be written: {e.Message}; trying again");
                await Task.Delay(Pause, cancellation);
            }
        }
    }

    /// <param name="db">The write.</param>
    /// <param name="delivery">What was sent.</param>
    /// <param name="refused">The subscription whose server did not take it; null when there is nothing left to do.</param>
    private void WriteDown(SqliteConnection db, WebDelivery delivery, SubscriptionRecord? refused)
    {
        if (refused is not null && delivery.Attempts < Retries)
        {
            WebDelivery.Retry(db, delivery.Id, NowMs + (long)Pause.TotalMilliseconds);
            return;
        }

        WebDelivery.Remove(db, delivery.Id);
        if (refused is not null)
        {
            Console.Error.WriteLine($"scarnet: engine: message {delivery.MessageId} of topic '{refused.Topic}' is given up: '{refused.Endpoint}' has not taken it");
        }

        if (refused is not null && delivery.Kind == WebDelivery.Notification)
        {
            topics.Redrive(db, refused, new Message(delivery.Body), destinations);
        }
    }
}
