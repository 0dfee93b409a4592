using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Http;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Sqs;

/// <summary>SendMessage and its neighbours.</summary>
internal sealed class SqsMessages(Database database, SqsQueues queues, QueueNames names, Arrivals arrivals, string account, TimeProvider clock)
{
    private const int MostInABatch = 10;

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task<JsonObject?> Send(JsonInput input, CancellationToken cancellation)
    {
        var work = Sending(queues.Get(input), input);
        var sent = await database.Write(work, cancellation);
        arrivals.Tell();
        return sent;
    }

    public Task<JsonObject?> SendBatch(JsonInput input, CancellationToken cancellation)
    {
        var queue = queues.Get(input);
        return Each(input, entry => Sending(queue, entry), cancellation);
    }

    /// <summary>Waits for messages as long as the call, or the queue, says.</summary>
    public async Task<JsonObject?> Receive(JsonInput input, CancellationToken cancellation)
    {
        var queue = queues.Get(input);
        var most = (int)Bounded(input, "MaxNumberOfMessages", 1, 1, MostInABatch);
        var hidden = Bounded(input, "VisibilityTimeout", queue.Number("VisibilityTimeout"), 0, QueueRecord.Numbers["VisibilityTimeout"].Most);
        var wait = TimeSpan.FromSeconds(Bounded(
            input, "WaitTimeSeconds", queue.Number("ReceiveMessageWaitTimeSeconds"), 0, QueueRecord.Numbers["ReceiveMessageWaitTimeSeconds"].Most));
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var next = arrivals.Next();
            var received = await Take(queue, most, hidden, cancellation);
            var left = wait - Stopwatch.GetElapsedTime(started);
            if (received.Count > 0 || left <= TimeSpan.Zero)
            {
                return received.Count == 0 ? [] : new JsonObject { ["Messages"] = JsonOutput.List(received.Select(message => Shown(input, message))) };
            }

            var untilVisible = database.Read(db => QueueStore.NextVisibleMs(db, queue.Name)) is { } ms && ms > NowMs ? TimeSpan.FromMilliseconds(ms - NowMs) : left;
            await Arrivals.Wait(next, untilVisible < left ? untilVisible : left, cancellation);
        }
    }

    public async Task<JsonObject?> Delete(JsonInput input, CancellationToken cancellation)
    {
        var (name, receipt) = (queues.Get(input).Name, Receipt(input));
        await database.Write(db => QueueStore.DeleteMessage(db, name, receipt), cancellation); // one that is gone is no error
        return null;
    }

    public Task<JsonObject?> DeleteBatch(JsonInput input, CancellationToken cancellation)
    {
        var name = queues.Get(input).Name;
        return Each(
            input,
            entry =>
            {
                var receipt = Receipt(entry);
                return db =>
                {
                    QueueStore.DeleteMessage(db, name, receipt);
                    return [];
                };
            },
            cancellation);
    }

    public async Task<JsonObject?> ChangeVisibility(JsonInput input, CancellationToken cancellation)
    {
        await database.Write(Hiding(queues.Get(input).Name, input), cancellation);
        arrivals.Tell();
        return null;
    }

    public Task<JsonObject?> ChangeVisibilityBatch(JsonInput input, CancellationToken cancellation)
    {
        var name = queues.Get(input).Name;
        return Each(input, entry => Hiding(name, entry), cancellation);
    }

    private Func<SqliteConnection, JsonObject> Sending(QueueRecord queue, JsonInput input)
    {
        var (body, attributes, delay) = Read(queue, input);
        return db => Sent(QueueStore.Send(db, queue.Name, body, attributes, NowMs, delay), body, attributes);
    }

    private Func<SqliteConnection, JsonObject> Hiding(string queue, JsonInput input)
    {
        var receipt = Receipt(input);
        var seconds = Bounded(input, "VisibilityTimeout", null, 0, QueueRecord.Numbers["VisibilityTimeout"].Most);
        return db => QueueStore.Hide(db, queue, receipt, NowMs + (seconds * 1000)) ? [] : throw SqsFault.Receipt(receipt);
    }

    private static string Receipt(JsonInput input) => input.Text("ReceiptHandle") is not { Length: > 0 } receipt ? throw SqsFault.Missing("ReceiptHandle")
        : receipt.All(char.IsAsciiHexDigitUpper) ? receipt
        : throw SqsFault.Receipt(receipt);

    private static long Bounded(JsonInput input, string member, long? otherwise, long least, long most) =>
        (input.Number(member) ?? otherwise ?? throw SqsFault.Missing(member)) is var value && value >= least && value <= most
            ? value
            : throw SqsFault.Value($"Value {value} for parameter {member} is invalid. Reason: Must be between {least} and {most}, if provided.");

    private static JsonObject Sent(string id, string body, JsonObject attributes) => JsonOutput.WithoutNulls(new JsonObject
    {
        ["MessageId"] = id,
        ["MD5OfMessageBody"] = QueueMessage.Md5(body),
        ["MD5OfMessageAttributes"] = QueueMessage.Md5(attributes),
    });

    private static (string Body, JsonObject Attributes, long DelayMs) Read(QueueRecord queue, JsonInput input)
    {
        var body = input.Text("MessageBody") is { Length: > 0 } text ? text : throw SqsFault.Missing("MessageBody");
        if (SqsXml.Unreadable(body) is { } wrong)
        {
            throw new ApiException(400, "InvalidMessageContents", $"Invalid character '#x{(int)wrong:X}' found in the message body, the set of allowed characters is #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF");
        }

        var most = queue.Number("MaximumMessageSize");
        if (Encoding.UTF8.GetByteCount(body) > most)
        {
            throw SqsFault.Value($"One or more parameters are invalid. Reason: Message must be shorter than {most} bytes.");
        }

        return (body, QueueMessage.Checked(input.Object("MessageAttributes")), 1000 * Bounded(input, "DelaySeconds", queue.Number("DelaySeconds"), 0, QueueRecord.Numbers["DelaySeconds"].Most));
    }

    /// <summary>Carries out all entries in one write; what is wrong with one keeps no other from it.</summary>
    private async Task<JsonObject?> Each(JsonInput input, Func<JsonInput, Func<SqliteConnection, JsonObject>> prepare, CancellationToken cancellation)
    {
        var entries = input.Objects("Entries") ?? [];
        if (entries.Count == 0)
        {
            throw new ApiException(400, "AWS.SimpleQueueService.EmptyBatchRequest", "There should be at least one entry in the request.");
        }

        if (entries.Count > MostInABatch)
        {
            throw new ApiException(400, "AWS.SimpleQueueService.TooManyEntriesInBatchRequest", $"Maximum number of entries per request are {MostInABatch}. You have sent {entries.Count}.");
        }

        if (entries.Select(entry => entry.Text("Id")).Distinct().Count() != entries.Count)
        {
            throw new ApiException(400, "AWS.SimpleQueueService.BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
        }

        var prepared = entries.Select(entry => (Entry: entry, Work: Try(() => prepare(entry), out var error), Error: error)).ToList();
        JsonArray good = [], bad = [];
        await database.Write(
            db =>
            {
                foreach (var (entry, work, wrong) in prepared)
                {
                    var error = wrong;
                    if (work is not null && Try(() => work(db), out error) is { } done)
                    {
                        done["Id"] = entry.Text("Id");
                        good.Add(done);
                    }
                    else
                    {
                        bad.Add(new JsonObject { ["Id"] = entry.Text("Id"), ["Code"] = error!.Code, ["Message"] = error.Message, ["SenderFault"] = true });
                    }
                }
            },
            cancellation);
        arrivals.Tell();
        return JsonOutput.WithoutNulls(new JsonObject { ["Successful"] = good.Count > 0 ? good : null, ["Failed"] = bad.Count > 0 ? bad : null });
    }

    private static T? Try<T>(Func<T> work, out ApiException? error)
        where T : class
    {
        try
        {
            error = null;
            return work();
        }
        catch (ApiException e)
        {
            error = e;
            return null;
        }
    }

    /// <summary>Those who wait look often, and mostly in vain: only what is there is worth a write.</summary>
    private async Task<List<QueueMessage>> Take(QueueRecord queue, int most, long hiddenSeconds, CancellationToken cancellation) =>
        !database.Read(db => QueueStore.HasVisible(db, queue.Name, NowMs, queue.KeptSinceMs(NowMs))) ? [] : await database.Write(
            db =>
            {
                var now = NowMs;
                Redrive(db, queue, now);
                return QueueStore.Receive(db, queue.Name, most, now, queue.KeptSinceMs(now), 1000 * hiddenSeconds);
            },
            cancellation);

    private void Redrive(SqliteConnection db, QueueRecord queue, long now)
    {
        if (queue.Redrive is var (arn, most) && names.OfArn(arn) is { } to && QueueStore.Find(db, to) is not null)
        {
            QueueStore.Redrive(db, queue.Name, most, to, now, queue.KeptSinceMs(now));
        }
    }

    private JsonObject Shown(JsonInput input, QueueMessage message)
    {
        var asked = (input.Texts("AttributeNames") ?? []).Concat(input.Texts("MessageSystemAttributeNames") ?? []).ToHashSet();
        var system = new Dictionary<string, string>
        {
            ["SenderId"] = account,
            ["SentTimestamp"] = message.SentMs.ToString(CultureInfo.InvariantCulture),
            ["ApproximateReceiveCount"] = message.Received.ToString(CultureInfo.InvariantCulture),
            ["ApproximateFirstReceiveTimestamp"] = message.FirstReceivedMs.ToString(CultureInfo.InvariantCulture),
        };
        var wanted = (input.Texts("MessageAttributeNames") ?? []).ToList();
        var attributes = new JsonObject(message.Attributes
            .Where(attribute => wanted.Any(name => name is "All" or ".*" || name == attribute.Key || (name.EndsWith(".*", StringComparison.Ordinal) && attribute.Key.StartsWith(name[..^1], StringComparison.Ordinal))))
            .Select(attribute => KeyValuePair.Create(attribute.Key, attribute.Value?.DeepClone())));
        var shown = system.Where(attribute => asked.Contains("All") || asked.Contains(attribute.Key)).ToList();
        return JsonOutput.WithoutNulls(new JsonObject
        {
            ["MessageId"] = message.Id,
            ["ReceiptHandle"] = message.Receipt,
            ["MD5OfBody"] = QueueMessage.Md5(message.Body),
            ["Body"] = message.Body,
            ["Attributes"] = shown.Count > 0 ? JsonOutput.Map(shown) : null,
            ["MD5OfMessageAttributes"] = QueueMessage.Md5(attributes),
            ["MessageAttributes"] = attributes.Count > 0 ? attributes : null,
        });
    }
}
