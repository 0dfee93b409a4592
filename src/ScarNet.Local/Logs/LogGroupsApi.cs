using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Logs;

/// <summary>The operations on log groups.</summary>
internal sealed class LogGroupsApi(Database database, LogNames names, TimeProvider clock)
{
    private const int PageSize = 50;

    // Source: docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
    private static readonly long[] RetentionDays =
        [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    public async Task<JsonObject?> Create(JsonInput input, CancellationToken cancellation)
    {
        var name = LogNames.GroupOf(input);
        var tags = JsonOutput.Text(JsonOutput.Map(input.Map("tags") ?? new Dictionary<string, string>()));
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return await database.Write(db => LogStore.AddGroup(db, name, tags, now), cancellation) ? null : throw LogNames.Exists("log group");
    }

    public Task<JsonObject?> Delete(JsonInput input, CancellationToken cancellation) =>
        Change(input, (db, group) => LogStore.DeleteGroup(db, group.Id), cancellation);

    public Task<JsonObject?> Describe(JsonInput input)
    {
        var limit = LogNames.Limit(input, PageSize);
        var prefix = input.Text("logGroupNamePrefix") ?? "";
        var found = database.Read(db => LogStore.Groups(
            db, prefix, input.Text("logGroupNamePattern") ?? "", input.Text("nextToken") ?? "", limit + 1));
        return Task.FromResult<JsonObject?>(JsonOutput.WithoutNulls(new JsonObject
        {
            ["logGroups"] = JsonOutput.List(found.Take(limit).Select(Describe)),
            ["nextToken"] = found.Count > limit ? found[limit - 1].Name : null,
        }));
    }

    public Task<JsonObject?> PutRetention(JsonInput input, CancellationToken cancellation)
    {
        var days = input.Number("retentionInDays");
        return days is not null && RetentionDays.Contains(days.Value)
            ? Change(input, (db, group) => LogStore.SetRetention(db, group.Id, days), cancellation)
            : throw LogNames.Invalid($"Value '{days}' at 'retentionInDays' must be one of {string.Join(", ", RetentionDays)}");
    }

    public Task<JsonObject?> DeleteRetention(JsonInput input, CancellationToken cancellation) =>
        Change(input, (db, group) => LogStore.SetRetention(db, group.Id, null), cancellation);

    public Task<JsonObject?> Tag(JsonInput input, CancellationToken cancellation)
    {
        var added = input.Map("tags") ?? new Dictionary<string, string>();
        return ChangeTags(
            input,
            tags =>
            {
                foreach (var (name, value) in added)
                {
                    tags[name] = value;
                }
            },
            cancellation);
    }

    public Task<JsonObject?> Untag(JsonInput input, CancellationToken cancellation)
    {
        var removed = input.Texts("tags") ?? input.Texts("tagKeys") ?? [];
        return ChangeTags(
            input,
            tags =>
            {
                foreach (var name in removed)
                {
                    tags.Remove(name);
                }
            },
            cancellation);
    }

    public Task<JsonObject?> ListTags(JsonInput input)
    {
        var name = LogNames.GroupOf(input);
        var group = database.Read(db => LogStore.Group(db, name)) ?? throw LogNames.NoGroup();
        return Task.FromResult<JsonObject?>(new JsonObject { ["tags"] = JsonNode.Parse(group.Tags) });
    }

    private Task<JsonObject?> ChangeTags(JsonInput input, Action<Dictionary<string, string>> change, CancellationToken cancellation) =>
        Change(
            input,
            (db, group) =>
            {
                var tags = JsonSerializer.Deserialize<Dictionary<string, string>>(group.Tags) ?? [];
                change(tags);
                LogStore.SetTags(db, group.Id, JsonOutput.Text(JsonOutput.Map(tags)));
            },
            cancellation);

    private async Task<JsonObject?> Change(JsonInput input, Action<SqliteConnection, LogGroup> change, CancellationToken cancellation)
    {
        var name = LogNames.GroupOf(input);
        await database.Write(db => change(db, LogStore.Group(db, name) ?? throw LogNames.NoGroup()), cancellation);
        return null;
    }

    private JsonObject Describe(LogGroup group) => JsonOutput.WithoutNulls(new JsonObject
    {
        ["logGroupName"] = group.Name,
        ["creationTime"] = group.CreatedMs,
        ["retentionInDays"] = group.RetentionDays,
        ["metricFilterCount"] = 0,
        ["arn"] = names.Arn(group.Name),
        ["storedBytes"] = group.StoredBytes,
    });
}
