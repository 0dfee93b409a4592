using System.Text.Json;
using ScarNet.EndToEnd.Support;
using ScarNet.Local.Logs;

namespace ScarNet.EndToEnd.Logs;

/// <summary>Debian's <c>aws logs</c> against the engine.</summary>
public sealed class CloudWatchLogs(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    [Fact]
    public async Task CreatesDescribesTagsAndDeletesGroups()
    {
        await fixture.Aws("logs", "create-log-group", "--log-group-name", "/groups/one", "--tags", "owner=me");
        await fixture.Aws("logs", "put-retention-policy", "--log-group-name", "/groups/one", "--retention-in-days", "30");
        await fixture.Aws("logs", "tag-log-group", "--log-group-name", "/groups/one", "--tags", "more=yes");

        var group = (await Json("logs", "describe-log-groups", "--log-group-name-prefix", "/groups/")).GetProperty("logGroups")[0];
        var tags = (await Json("logs", "list-tags-log-group", "--log-group-name", "/groups/one")).GetProperty("tags");
        var again = await fixture.TryAws("logs", "create-log-group", "--log-group-name", "/groups/one");
        await fixture.Aws("logs", "delete-log-group", "--log-group-name", "/groups/one");
        var gone = await fixture.TryAws("logs", "describe-log-streams", "--log-group-name", "/groups/one");

        Assert.Equal(30, group.GetProperty("retentionInDays").GetInt32());
        Assert.Equal("arn:aws:logs:us-east-1:000000000000:log-group:/groups/one:*", group.GetProperty("arn").GetString());
        Assert.Equal("me", tags.GetProperty("owner").GetString());
        Assert.Equal("yes", tags.GetProperty("more").GetString());
        Assert.Contains("(ResourceAlreadyExistsException)", again.Error, StringComparison.Ordinal);
        Assert.Contains("(ResourceNotFoundException)", gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivesBackWhatWasPutInOrderAndByPages()
    {
        await Stream("/events", "a");
        await Put("/events", "a", (Now - 30, "one"), (Now - 20, "two: \"ü\" 🎈"), (Now - 10, "three"));

        var first = await Json("logs", "get-log-events", "--log-group-name", "/events", "--log-stream-name", "a", "--start-from-head", "--limit", "2");
        var second = await Json("logs", "get-log-events", "--log-group-name", "/events", "--log-stream-name", "a", "--next-token", Token(first));
        var end = await Json("logs", "get-log-events", "--log-group-name", "/events", "--log-stream-name", "a", "--next-token", Token(second));
        await Put("/events", "a", (Now, "four"));
        var later = await Json("logs", "get-log-events", "--log-group-name", "/events", "--log-stream-name", "a", "--next-token", Token(end));
        var newest = await Json("logs", "get-log-events", "--log-group-name", "/events", "--log-stream-name", "a", "--limit", "2");

        Assert.Equal(["one", "two: \"ü\" 🎈"], Messages(first));
        Assert.Equal(["three"], Messages(second));
        Assert.Empty(Messages(end));
        Assert.Equal(Token(second), Token(end));
        Assert.Equal(["four"], Messages(later));
        Assert.Equal(["three", "four"], Messages(newest));
    }

    [Fact]
    public async Task FiltersOverStreamsByWordsTimeAndPrefix()
    {
        await Stream("/filter", "web/1");
        await Stream("/filter", "job/1");
        var start = Now;
        await Put("/filter", "web/1", (start - 5000, "ERROR old"), (start, "ERROR disk"), (start + 2, "INFO fine"));
        await Put("/filter", "job/1", (start + 1, "ERROR net retry"));

        var errors = await Json("logs", "filter-log-events", "--log-group-name", "/filter", "--filter-pattern", "ERROR", "--start-time", $"{start}");
        var excluded = await Json("logs", "filter-log-events", "--log-group-name", "/filter", "--filter-pattern", "ERROR -retry");
        var prefixed = await Json("logs", "filter-log-events", "--log-group-name", "/filter", "--log-stream-name-prefix", "job/");
        var paged = await Json("logs", "filter-log-events", "--log-group-name", "/filter", "--page-size", "1");

        Assert.Equal(["ERROR disk", "ERROR net retry"], Messages(errors));
        Assert.Equal(["ERROR old", "ERROR disk"], Messages(excluded));
        Assert.Equal(["ERROR net retry"], Messages(prefixed));
        Assert.Equal(4, Messages(paged).Length);
    }

    [Fact]
    public async Task ListsStreamsByNameAndByLastEvent()
    {
        await Stream("/streams", "b");
        await Stream("/streams", "a");
        await Put("/streams", "a", (Now - 50, "x"));
        await Put("/streams", "b", (Now, "x"));

        var byName = await fixture.Aws("logs", "describe-log-streams", "--log-group-name", "/streams", "--query", "logStreams[].logStreamName", "--output", "text", "--page-size", "1");
        var byTime = await fixture.Aws("logs", "describe-log-streams", "--log-group-name", "/streams", "--order-by", "LastEventTime", "--descending", "--query", "logStreams[].logStreamName", "--output", "text", "--page-size", "1");

        Assert.Equal(["a", "b"], byName.Split((char[])['\t', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["b", "a"], byTime.Split((char[])['\t', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task ShowsTheTailOfAGroup()
    {
        await Stream("/tail", "s");
        await Put("/tail", "s", (Now - 2, "first line"), (Now - 1, "second line"));

        var tail = await fixture.Aws("logs", "tail", "/tail", "--format", "short", "--since", "1h");

        Assert.Contains("first line", tail, StringComparison.Ordinal);
        Assert.Contains("second line", tail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusesBatchesThatAwsRefuses()
    {
        await Stream("/refuse", "s");

        var disorder = await fixture.TryAws("logs", "put-log-events", "--log-group-name", "/refuse", "--log-stream-name", "s", "--log-events", $"timestamp={Now},message=b", $"timestamp={Now - 99},message=a");
        var old = await Json("logs", "put-log-events", "--log-group-name", "/refuse", "--log-stream-name", "s", "--log-events", "timestamp=1000,message=ancient");

        Assert.Contains("(InvalidParameterException)", disorder.Error, StringComparison.Ordinal);
        Assert.Equal(1, old.GetProperty("rejectedLogEventsInfo").GetProperty("tooOldLogEventEndIndex").GetInt32());
    }

    [Fact]
    public async Task DeletesWhatHasOutlivedItsRetention()
    {
        await Stream("/retention", "s");
        await Put("/retention", "s", (Now - (3 * 86_400_000L), "three days old"));
        await Put("/retention", "s", (Now, "new"));
        await fixture.Aws("logs", "put-retention-policy", "--log-group-name", "/retention", "--retention-in-days", "1");

        await new LogRetention(fixture.Engine.Context.Database, TimeProvider.System).Sweep(TestContext.Current.CancellationToken);
        var left = await Json("logs", "filter-log-events", "--log-group-name", "/retention");

        Assert.Equal(["new"], Messages(left));
    }

    [Fact]
    public async Task KeepsTheStartAndTheEndOfEndlessOutput()
    {
        await using var writer = new LogWriter(fixture.Engine.Context.Database, TimeProvider.System);
        var log = new OutputLog(writer, new LogTarget("/bounded", "s"), boundBytes: 100_000);
        var line = System.Text.Encoding.ASCII.GetBytes(new string('x', 99) + "\n");
        for (var i = 0; i < 1_000_000; i++)
        {
            log.Output(line);
        }

        log.Error("the last words\n"u8);
        log.EndOutput();
        await writer.Flush(TestContext.Current.CancellationToken);
        var messages = Messages(await Json("logs", "filter-log-events", "--log-group-name", "/bounded"));

        Assert.InRange(messages.Length, 1_000, 2_000);
        Assert.Contains("[scarnet] 99,834,479 bytes of output are missing here: of one run the engine keeps the first 100,000 and the last 65,536", messages);
        Assert.Equal("the last words", messages[^1]);
        Assert.Contains("the last words", System.Text.Encoding.UTF8.GetString(log.Tail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TellsWhoCallsThroughSts()
    {
        var identity = await Json("sts", "get-caller-identity");

        Assert.Equal("000000000000", identity.GetProperty("Account").GetString());
        Assert.StartsWith("arn:aws:iam::000000000000:", identity.GetProperty("Arn").GetString(), StringComparison.Ordinal);
    }

    private static string[] Messages(JsonElement answer) =>
        [.. answer.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("message").GetString()!)];

    private static string Token(JsonElement answer) => answer.GetProperty("nextForwardToken").GetString()!;

    private async Task<JsonElement> Json(params string[] arguments) =>
        JsonDocument.Parse(await fixture.Aws([.. arguments, "--output", "json"])).RootElement;

    private async Task Stream(string group, string stream)
    {
        await fixture.TryAws("logs", "create-log-group", "--log-group-name", group);
        await fixture.Aws("logs", "create-log-stream", "--log-group-name", group, "--log-stream-name", stream);
    }

    private Task<string> Put(string group, string stream, params (long Ms, string Message)[] events)
    {
        var json = JsonSerializer.Serialize(events.Select(e => new { timestamp = e.Ms, message = e.Message }));
        return fixture.Aws("logs", "put-log-events", "--log-group-name", group, "--log-stream-name", stream, "--log-events", json);
    }
}
