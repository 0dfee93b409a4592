using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScarNet.Local.Delivery;
using ScarNet.Local.Http;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Events;

/// <summary>PutEvents: what is wrong with one entry keeps no other from the bus.</summary>
internal sealed class EntriesApi(Database database, EventBus bus, Destinations destinations, TimeProvider clock)
{
    /// <summary>Source: docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html</summary>
    private const int MostEntries = 10;

    /// <summary>Of all entries together. Source: docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html</summary>
    private const int MostBytes = 1024 * 1024;

    private const double LastSecond = 253_402_300_800; // 10000-01-01

    private static readonly string[] Counted = ["Source", "DetailType", "Detail"];

    public async Task<JsonObject?> Put(JsonInput input, CancellationToken cancellation)
    {
        var entries = input.Objects("Entries") ?? [];
        if (entries.Count is 0 or > MostEntries)
        {
            throw EventsFault.Invalid(
                $"1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and {MostEntries}");
        }

        if (entries.Sum(Size) > MostBytes)
        {
            throw EventsFault.Invalid($"Total size of the entries in the request is over the limit of {MostBytes} bytes.");
        }

        var read = entries.Select(Read).ToList();
        await database.Write(
            db =>
            {
                foreach (var (happened, _) in read)
                {
                    if (happened is not null)
                    {
                        bus.Publish(db, happened);
                    }
                }
            },
            cancellation);
        destinations.Signal();
        return new JsonObject
        {
            ["FailedEntryCount"] = read.Count(one => one.Event is null),
            ["Entries"] = JsonOutput.List(read.Select(one => one.Event is { } happened ? new JsonObject { ["EventId"] = happened.Id } : one.Failure!)),
        };
    }

    private static long Size(JsonInput entry) =>
        Counted.Sum(member => (long)Encoding.UTF8.GetByteCount(entry.Text(member) ?? ""))
        + (entry.Texts("Resources") ?? []).Sum(resource => (long)Encoding.UTF8.GetByteCount(resource));

    private static JsonObject Failure(string code, string message) => new() { ["ErrorCode"] = code, ["ErrorMessage"] = message };

    private static JsonObject Lacks(string member) =>
        Failure("InvalidArgument", $"Parameter {member} is not valid. Reason: {member} is a required argument.");

    private (BusEvent? Event, JsonObject? Failure) Read(JsonInput entry)
    {
        bus.Names.CheckBus(entry.Text("EventBusName"));
        if (entry.Text("Source") is not { Length: > 0 } source)
        {
            return (null, Lacks("Source"));
        }

        if (entry.Text("DetailType") is not { Length: > 0 } type)
        {
            return (null, Lacks("DetailType"));
        }

        if (entry.Text("Detail") is not { Length: > 0 } text)
        {
            return (null, Lacks("Detail"));
        }

        if (source.StartsWith("aws.", StringComparison.Ordinal))
        {
            return (null, Failure("NotAuthorizedForSourceException", $"Not authorized for the source {source}."));
        }

        return Detail(text) is { } detail
            ? (new(source, type, entry.Texts("Resources") ?? [], detail, Time(entry)), null)
            : (null, Failure("MalformedDetail", "Detail is malformed."));
    }

    private static JsonObject? Detail(string text)
    {
        try
        {
            return LenientJson.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Seconds since 1970, with a fraction or without.
    private DateTimeOffset Time(JsonInput entry) =>
        !entry.Element.TryGetProperty("Time", out var time) || time.ValueKind != JsonValueKind.Number ? clock.GetUtcNow()
        : time.TryGetDouble(out var seconds) && seconds is >= 0 and < LastSecond ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
        : throw new ApiException(400, "SerializationException", $"'Time' must be seconds since 1970-01-01, and {time} is none before the year 10000");
}
