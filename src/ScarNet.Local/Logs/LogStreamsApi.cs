using System.Text.Json.Nodes;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Logs;

/// <summary>The operations on log streams.</summary>
internal sealed class LogStreamsApi(Database database, LogNames names, TimeProvider clock)
{
    private const int PageSize = 50;

    public async Task<JsonObject?> Create(JsonInput input, CancellationToken cancellation)
    {
        var (group, stream) = (LogNames.GroupOf(input), LogNames.StreamOf(input));
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var added = await database.Write(
            db => LogStore.AddStream(db, (LogStore.Group(db, group) ?? throw LogNames.NoGroup()).Id, stream, now), cancellation);
        return added ? null : throw LogNames.Exists("log stream");
    }

    public async Task<JsonObject?> Delete(JsonInput input, CancellationToken cancellation)
    {
        var (group, stream) = (LogNames.GroupOf(input), LogNames.StreamOf(input));
        await database.Write(
            db =>
            {
                var found = LogStore.Stream(db, (LogStore.Group(db, group) ?? throw LogNames.NoGroup()).Id, stream);
                LogStore.DeleteStream(db, (found ?? throw LogNames.NoStream()).Id);
            },
            cancellation);
        return null;
    }

    public Task<JsonObject?> Describe(JsonInput input)
    {
        var name = LogNames.GroupOf(input);
        var limit = LogNames.Limit(input, PageSize);
        var byTime = input.Text("orderBy") == "LastEventTime";
        var descending = input.Flag("descending") ?? false;
        var prefix = input.Text("logStreamNamePrefix") ?? "";
        if (byTime && prefix.Length > 0)
        {
            throw LogNames.Invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
        }

        var after = input.Text("nextToken");
        var found = database.Read(db =>
        {
            var group = (LogStore.Group(db, name) ?? throw LogNames.NoGroup()).Id;
            return byTime
                ? LogStore.StreamsByTime(db, group, TimeToken(after), descending, limit + 1)
                : LogStore.StreamsByName(db, group, prefix, after, descending, limit + 1);
        });
        var last = found.Count > limit ? found[limit - 1] : null;
        return Task.FromResult<JsonObject?>(JsonOutput.WithoutNulls(new JsonObject
        {
            ["logStreams"] = JsonOutput.List(found.Take(limit).Select(stream => Describe(name, stream))),
            ["nextToken"] = last is null ? null : byTime ? $"{last.LastMs ?? 0}:{last.Name}" : last.Name,
        }));
    }

    private static (long Ms, string Name)? TimeToken(string? token)
    {
        if (token is null)
        {
            return null;
        }

        var colon = token.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && long.TryParse(token.AsSpan(0, colon), out var ms)
            ? (ms, token[(colon + 1)..])
            : throw LogNames.Invalid("The specified nextToken is invalid.");
    }

    private JsonObject Describe(string group, LogStream stream) => JsonOutput.WithoutNulls(new JsonObject
    {
        ["logStreamName"] = stream.Name,
        ["creationTime"] = stream.CreatedMs,
        ["firstEventTimestamp"] = stream.FirstMs,
        ["lastEventTimestamp"] = stream.LastMs,
        ["lastIngestionTime"] = stream.IngestedMs,
        ["uploadSequenceToken"] = LogEventsApi.SequenceToken,
        ["arn"] = names.StreamArn(group, stream.Name),
        ["storedBytes"] = 0, // AWS has not counted this for streams since 2019
    });
}
