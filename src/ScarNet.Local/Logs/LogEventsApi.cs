using System.Text;
using System.Text.Json.Nodes;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Logs;

/// <summary>The operations on log events.</summary>
internal sealed class LogEventsApi(Database database, TimeProvider clock)
{
    /// <summary>AWS takes any sequence token since 2023, and still answers with one.</summary>
    public const string SequenceToken = "49039859617821853139586138800138246378386938593586138626";

    // Source: docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
    private const int MostEvents = 10_000;
    private const int MostBytes = 1_048_576;
    private const int BytesPerEvent = 26;
    private const int MostScanned = 100_000;
    private static readonly TimeSpan OldestEvent = TimeSpan.FromDays(14);
    private static readonly TimeSpan NewestEvent = TimeSpan.FromHours(2);
    private static readonly TimeSpan LongestBatch = TimeSpan.FromHours(24);

    public async Task<JsonObject?> Put(JsonInput input, CancellationToken cancellation)
    {
        var (group, stream) = (LogNames.GroupOf(input), LogNames.StreamOf(input));
        var events = (input.Objects("logEvents") ?? []).Select(Event).ToList();
        Check(events);
        var now = clock.GetUtcNow();
        var oldest = (now - OldestEvent).ToUnixTimeMilliseconds();
        var newest = (now + NewestEvent).ToUnixTimeMilliseconds();
        var kept = events.Where(e => e.Ms >= oldest && e.Ms <= newest).ToList();
        await database.Write(
            db =>
            {
                var groupId = (LogStore.Group(db, group) ?? throw LogNames.NoGroup()).Id;
                var streamId = (LogStore.Stream(db, groupId, stream) ?? throw LogNames.NoStream()).Id;
                if (kept.Count > 0)
                {
                    LogEvents.Append(db, groupId, streamId, kept, now.ToUnixTimeMilliseconds());
                }
            },
            cancellation);
        return JsonOutput.WithoutNulls(new JsonObject
        {
            ["nextSequenceToken"] = SequenceToken,
            ["rejectedLogEventsInfo"] = Rejected(events.Count(e => e.Ms < oldest), events.FindIndex(e => e.Ms > newest)),
        });
    }

    public Task<JsonObject?> Get(JsonInput input)
    {
        var (group, stream) = (LogNames.GroupOf(input), LogNames.StreamOf(input));
        var limit = LogNames.Limit(input, MostEvents);
        var forward = input.Flag("startFromHead") ?? false;
        var from = forward ? LogPosition.Start : LogPosition.End;
        if (input.Text("nextToken") is { } token && !LogPosition.TryParse(token, out forward, out from))
        {
            throw LogNames.Invalid("The specified nextToken is invalid.");
        }

        var page = database.Read(db =>
        {
            var groupId = (LogStore.Group(db, group) ?? throw LogNames.NoGroup()).Id;
            var streamId = (LogStore.Stream(db, groupId, stream) ?? throw LogNames.NoStream()).Id;
            return Fitting(LogEvents.OfStream(db, streamId, from, forward, Time(input)), limit);
        });
        if (!forward)
        {
            page.Reverse();
        }

        // At the end the token stays the same; what is written later follows it.
        var empty = from == LogPosition.End ? LogPosition.Start : from;
        return Task.FromResult<JsonObject?>(new JsonObject
        {
            ["events"] = JsonOutput.List(page.Select(e => new JsonObject
            {
                ["timestamp"] = e.Position.Ms,
                ["message"] = e.Message,
                ["ingestionTime"] = e.IngestedMs,
            })),
            ["nextForwardToken"] = (page.Count > 0 ? page[^1].Position : empty).Forward,
            ["nextBackwardToken"] = (page.Count > 0 ? page[0].Position : empty).Backward,
        });
    }

    public Task<JsonObject?> Filter(JsonInput input)
    {
        var group = LogNames.GroupOf(input);
        var limit = LogNames.Limit(input, MostEvents);
        var pattern = FilterPattern.Parse(input.Text("filterPattern") ?? "") ?? throw LogNames.Invalid(
            "Invalid filter pattern: the local engine has words, \"phrases\", -words and ?words, no JSON, column or %regular expression% patterns");
        var after = LogPosition.Start;
        if (input.Text("nextToken") is { } token && !LogPosition.TryParseNext(token, out after))
        {
            throw LogNames.Invalid("The specified nextToken is invalid.");
        }

        var streams = input.Texts("logStreamNames")?.ToHashSet();
        var prefix = input.Text("logStreamNamePrefix") ?? (streams?.Count == 1 ? streams.First() : "");
        var (page, last) = database.Read(db =>
        {
            var groupId = (LogStore.Group(db, group) ?? throw LogNames.NoGroup()).Id;
            var events = LogEvents.OfGroup(db, groupId, after, Time(input), prefix);
            return Page(events, e => (streams?.Contains(e.Stream) ?? true) && pattern.Matches(e.Message), limit);
        });
        return Task.FromResult<JsonObject?>(JsonOutput.WithoutNulls(new JsonObject
        {
            ["events"] = JsonOutput.List(page.Select(e => new JsonObject
            {
                ["logStreamName"] = e.Stream,
                ["timestamp"] = e.Position.Ms,
                ["message"] = e.Message,
                ["ingestionTime"] = e.IngestedMs,
                ["eventId"] = $"{e.Position.Id:D56}",
            })),
            ["searchedLogStreams"] = new JsonArray(),
            ["nextToken"] = last?.Next,
        }));
    }

    /// <summary>Reads until a page is full.</summary>
    /// <returns>The page, and where to go on; null at the end.</returns>
    private static (List<LogEvent> Page, LogPosition? Last) Page(IEnumerable<LogEvent> events, Func<LogEvent, bool> matches, int limit)
    {
        var page = new List<LogEvent>();
        var (bytes, scanned) = (0L, 0);
        LogPosition? last = null;
        foreach (var e in events)
        {
            if (page.Count == limit || bytes > MostBytes || scanned == MostScanned)
            {
                return (page, last);
            }

            scanned++;
            last = e.Position;
            if (matches(e))
            {
                page.Add(e);
                bytes += Encoding.UTF8.GetByteCount(e.Message) + BytesPerEvent;
            }
        }

        return (page, null);
    }

    private static List<LogEvent> Fitting(IEnumerable<LogEvent> events, int limit)
    {
        var bytes = 0L;
        return [.. events.Take(limit).TakeWhile((e, i) => (bytes += Encoding.UTF8.GetByteCount(e.Message) + BytesPerEvent) <= MostBytes || i == 0)];
    }

    private static (long From, long To) Time(JsonInput input) =>
        (input.Number("startTime") ?? 0, input.Number("endTime") ?? long.MaxValue);

    private static (long Ms, string Message) Event(JsonInput input) =>
        input.Number("timestamp") is { } ms && ms >= 0 && input.Text("message") is { Length: > 0 } message
            ? (ms, message)
            : throw LogNames.Invalid("Each of 'logEvents' must have a timestamp and a message that is not empty");

    private static void Check(List<(long Ms, string Message)> events)
    {
        if (events.Count is 0 or > MostEvents)
        {
            throw LogNames.Invalid($"'logEvents' must have 1 to {MostEvents} events");
        }

        if (events.Sum(e => (long)Encoding.UTF8.GetByteCount(e.Message) + BytesPerEvent) > MostBytes)
        {
            throw LogNames.Invalid($"Upload too large: a batch may have {MostBytes} bytes, with {BytesPerEvent} counted for each event");
        }

        if (events.Zip(events.Skip(1)).Any(pair => pair.First.Ms > pair.Second.Ms))
        {
            throw LogNames.Invalid("Log events in a single PutLogEvents request must be in chronological order.");
        }

        if (events[^1].Ms - events[0].Ms > LongestBatch.TotalMilliseconds)
        {
            throw LogNames.Invalid("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
        }
    }

    private static JsonObject? Rejected(int tooOld, int tooNew) => tooOld == 0 && tooNew < 0
        ? null
        : JsonOutput.WithoutNulls(new JsonObject
        {
            ["tooOldLogEventEndIndex"] = tooOld == 0 ? null : tooOld,
            ["tooNewLogEventStartIndex"] = tooNew < 0 ? null : tooNew,
        });
}
