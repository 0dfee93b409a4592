using System.Text.Json;

namespace ScarNet.Core.Events;

/// <summary>
/// Reads what a Lambda function is called with: S3's own records, the same inside SQS, SNS or SNS in SQS, EventBridge's form and the
/// tasks of S3 Batch Operations. Anything else is data for the script. Unknown fields are passed over.
/// </summary>
public static class EventReader
{
    // SNS inside SQS is two envelopes; nothing real nests deeper.
    private const int MaxEnvelopes = 3;

    /// <param name="payload">The bytes as they came: JSON or not.</param>
    public static ReceivedEvent Read(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return Read(document.RootElement, 0);
        }
        catch (JsonException)
        {
            return ReceivedEvent.Data;
        }
    }

    private static ReceivedEvent Read(JsonElement payload, int envelopes)
    {
        if (payload.ValueKind != JsonValueKind.Object)
        {
            return ReceivedEvent.Data;
        }

        if (payload.TextOf("Event") == "s3:TestEvent")
        {
            return new(false, [ReceivedRecord.Skip("'s3:TestEvent' only tests the connection", payload.GetRawText())]);
        }

        if (payload.TextOf("source") == "aws.s3" && payload.TextOf("detail-type") is { } kind)
        {
            return new(false, [EventBridgeEvent.Read(payload, kind)]);
        }

        if (payload.TextOf("Type") == "Notification" && payload.TextOf("Message") is { } message)
        {
            return Unwrap(message, envelopes);
        }

        if (payload.ListOf("tasks") is { } tasks && payload.TextOf("invocationSchemaVersion") is { } schema)
        {
            var operation = new BatchOperation(schema, payload.TextOf("invocationId") ?? "");
            return new(false, [.. tasks.Select(BatchOperationTask.Read)], operation);
        }

        return payload.ListOf("Records") is { } records ? ReadRecords([.. records], envelopes) : ReceivedEvent.Data;
    }

    private static ReceivedEvent ReadRecords(List<JsonElement> records, int envelopes)
    {
        var read = records.ConvertAll(record => (Record: record, Found: ReadRecord(record, envelopes)));
        if (read.Count > 0 && read.TrueForAll(r => r.Found.IsData))
        {
            return ReceivedEvent.Data;
        }

        return new(false, [.. read.SelectMany(r => r.Found.IsData ? [Foreign(r.Record)] : r.Found.Records)]);
    }

    private static ReceivedEvent ReadRecord(JsonElement record, int envelopes)
    {
        // SNS spells it with a capital.
        var source = record.TextOf("eventSource") ?? record.TextOf("EventSource");
        return source switch
        {
            "aws:sqs" when record.TextOf("body") is { } body => Unwrap(body, envelopes),
            "aws:sns" when record.Member("Sns")?.TextOf("Message") is { } message => Unwrap(message, envelopes),
            not null when source.EndsWith(":s3", StringComparison.Ordinal) => new(false, [S3Record.Read(record)]),
            _ => ReceivedEvent.Data,
        };
    }

    private static ReceivedEvent Unwrap(string message, int envelopes)
    {
        if (envelopes == MaxEnvelopes)
        {
            return ReceivedEvent.Data;
        }

        try
        {
            using var document = JsonDocument.Parse(message);
            return Read(document.RootElement, envelopes + 1);
        }
        catch (JsonException)
        {
            return ReceivedEvent.Data;
        }
    }

    private static ReceivedRecord Foreign(JsonElement record) => ReceivedRecord.Fail(
        $"record '{record.TextOf("messageId") ?? "without messageId"}' holds no S3 event, unlike others of the same call",
        record.GetRawText());
}
