using System.Globalization;
using System.Text.Json.Nodes;
using ScarNet.Core.Functions;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Sqs;

/// <summary>CreateQueue and its neighbours.</summary>
internal sealed class SqsQueues(Database database, QueueNames names, TimeProvider clock)
{
    private const int MostListed = 1000;

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>One that is there already, alike, is the answer.</summary>
    public async Task<JsonObject?> Create(JsonInput input, CancellationToken cancellation)
    {
        var name = QueueNames.Check(input.Text("QueueName"));
        var attributes = Attributes(input);
        var tags = Bounded(input.Map("tags") ?? input.Map("Tags") ?? new Dictionary<string, string>());
        await database.Write(
            db =>
            {
                if (QueueStore.Find(db, name) is not { } there)
                {
                    QueueStore.Put(db, new(name, attributes, tags, NowMs, NowMs));
                }
                else if (attributes.FirstOrDefault(attribute => there.Attributes.GetValueOrDefault(attribute.Key) != attribute.Value) is { Key: { } differs })
                {
                    throw SqsFault.Exists(differs);
                }
            },
            cancellation);
        return new JsonObject { ["QueueUrl"] = names.Url(name) };
    }

    public Task<JsonObject?> Url(JsonInput input)
    {
        var name = input.Text("QueueName") ?? throw SqsFault.Missing("QueueName");
        return Task.FromResult<JsonObject?>(database.Read(db => QueueStore.Find(db, name)) is { } queue
            ? new JsonObject { ["QueueUrl"] = names.Url(queue.Name) }
            : throw SqsFault.NoQueue());
    }

    public Task<JsonObject?> List(JsonInput input)
    {
        var most = (int)Math.Clamp(input.Number("MaxResults") ?? MostListed, 1, MostListed);
        var found = database.Read(db => QueueStore.List(db, input.Text("QueueNamePrefix") ?? "", input.Text("NextToken") ?? "", most + 1));
        return Task.FromResult<JsonObject?>(JsonOutput.WithoutNulls(new JsonObject
        {
            ["QueueUrls"] = found.Count == 0 ? null : JsonOutput.Texts(found.Take(most).Select(queue => names.Url(queue.Name))),
            ["NextToken"] = found.Count > most ? found[most - 1].Name : null,
        }));
    }

    public Task<JsonObject?> Describe(JsonInput input)
    {
        var queue = Get(input);
        var (visible, hidden, delayed) = database.Read(db => QueueStore.Counts(db, queue.Name, NowMs, queue.KeptSinceMs(NowMs)));
        var all = new SortedDictionary<string, string>(queue.Attributes.ToDictionary(), StringComparer.Ordinal)
        {
            ["QueueArn"] = names.Arn(queue.Name),
            ["ApproximateNumberOfMessages"] = Text(visible),
            ["ApproximateNumberOfMessagesNotVisible"] = Text(hidden),
            ["ApproximateNumberOfMessagesDelayed"] = Text(delayed),
            ["CreatedTimestamp"] = Text(queue.CreatedMs / 1000),
            ["LastModifiedTimestamp"] = Text(queue.ModifiedMs / 1000),
        };
        foreach (var number in QueueRecord.Numbers.Keys)
        {
            all[number] = Text(queue.Number(number));
        }

        all.TryAdd("SqsManagedSseEnabled", "true");
        var asked = input.Texts("AttributeNames") ?? [];
        if (asked.FirstOrDefault(name => name != "All" && !all.ContainsKey(name) && !QueueRecord.Texts.Contains(name)) is { } unknown)
        {
            throw SqsFault.Attribute(unknown);
        }

        return Task.FromResult<JsonObject?>(new JsonObject
        {
            ["Attributes"] = JsonOutput.Map(all.Where(attribute => asked.Contains("All") || asked.Contains(attribute.Key))),
        });
    }

    public async Task<JsonObject?> Set(JsonInput input, CancellationToken cancellation)
    {
        var changed = Attributes(input);
        await Change(
            input,
            queue => queue with
            {
                // An empty text takes an attribute away.
                Attributes = queue.Attributes.Where(attribute => !changed.ContainsKey(attribute.Key)).Concat(changed.Where(attribute => attribute.Value.Length > 0)).ToDictionary(),
                ModifiedMs = NowMs,
            },
            cancellation);
        return null;
    }

    public async Task<JsonObject?> Delete(JsonInput input, CancellationToken cancellation)
    {
        var name = Get(input).Name;
        await database.Write(db => QueueStore.Delete(db, name), cancellation);
        return null;
    }

    public async Task<JsonObject?> Purge(JsonInput input, CancellationToken cancellation)
    {
        var name = Get(input).Name;
        await database.Write(db => QueueStore.Purge(db, name), cancellation);
        return null;
    }

    public async Task<JsonObject?> Tag(JsonInput input, CancellationToken cancellation)
    {
        var added = input.Map("Tags") ?? new Dictionary<string, string>();
        await Change(
            input, queue => queue with { Tags = Bounded(queue.Tags.Where(tag => !added.ContainsKey(tag.Key)).Concat(added).ToDictionary()) }, cancellation);
        return null;
    }

    public async Task<JsonObject?> Untag(JsonInput input, CancellationToken cancellation)
    {
        var removed = input.Texts("TagKeys") ?? [];
        await Change(input, queue => queue with { Tags = queue.Tags.Where(tag => !removed.Contains(tag.Key)).ToDictionary() }, cancellation);
        return null;
    }

    public Task<JsonObject?> ListTags(JsonInput input) => Task.FromResult<JsonObject?>(new JsonObject { ["Tags"] = JsonOutput.Map(Get(input).Tags) });

    /// <exception cref="Http.ApiException">There is no such queue.</exception>
    public QueueRecord Get(JsonInput input)
    {
        var name = QueueNames.OfUrl(input.Text("QueueUrl"));
        return database.Read(db => QueueStore.Find(db, name)) ?? throw SqsFault.NoQueue();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Attributes(JsonInput input)
    {
        var attributes = (input.Map("Attributes") ?? new Dictionary<string, string>()).ToDictionary();
        foreach (var (name, value) in attributes)
        {
            QueueRecord.Check(name, value);
        }

        return attributes;
    }

    private static IReadOnlyDictionary<string, string> Bounded(IReadOnlyDictionary<string, string> tags) =>
        tags.Count <= AwsLimits.MaxTags ? tags : throw SqsFault.Value($"Too many tags: at most {AwsLimits.MaxTags}.");

    private Task Change(JsonInput input, Func<QueueRecord, QueueRecord> change, CancellationToken cancellation)
    {
        var name = Get(input).Name;
        return database.Write(db => QueueStore.Put(db, change(QueueStore.Find(db, name) ?? throw SqsFault.NoQueue())), cancellation);
    }
}
