using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Lambda;

/// <summary>Stores an object in the engine's own S3, over what has that key.</summary>
public delegate Task ObjectWriter(string bucket, string key, byte[] content, CancellationToken cancellation);

/// <summary>Writes down how an asynchronous attempt ended, and sends the event where its function wants it.</summary>
internal sealed class AsyncEnding(Database database, AsyncQueue queue, AsyncDestinations destinations, TimeProvider clock)
{
    /// <summary>One transaction: a kill before it repeats the attempt, a kill after it changes nothing.</summary>
    public async Task Write(
        AsyncInvocation row, FunctionRecord? function, AsyncOutcome outcome, InvocationResult? result, CancellationToken cancellation)
    {
        var name = FunctionName.Parse(row.FunctionArn).Name;
        var reason = Reason(outcome.End, name, result);
        var sends = outcome.End == AsyncEnd.Retry || function is null
            ? []
            : await destinations.Prepare(row, function, outcome.End, () => Record(row, function, outcome.End, result, clock.GetUtcNow()), reason, cancellation);
        await database.Write(
            db =>
            {
                WriteOutcome(db, row, name, outcome, reason);
                foreach (var send in sends)
                {
                    send(db);
                }
            },
            cancellation);
        queue.Signal();
        if (sends.Count > 0)
        {
            destinations.Signal();
        }
    }

    /// <summary>The JSON that a destination gets. Source: docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html</summary>
    internal static JsonObject Record(
        AsyncInvocation row, FunctionRecord function, AsyncEnd end, InvocationResult? result, DateTimeOffset now) => JsonOutput.WithoutNulls(new JsonObject
        {
            ["version"] = "1.0",
            ["timestamp"] = IsoTime.Milliseconds(now),
            ["requestContext"] = new JsonObject
            {
                ["requestId"] = row.RequestId,
                ["functionArn"] = $"{function.Arn}:{function.Qualifier ?? FunctionName.Latest}",
                ["condition"] = end == AsyncEnd.Succeeded ? "Success" : end.ToString(),
                ["approximateInvokeCount"] = row.Attempts + (result is null ? 0 : 1),
            },
            ["requestPayload"] = Parse(row.Payload),
            ["responseContext"] = result is null
                ? null
                : JsonOutput.WithoutNulls(new JsonObject
                {
                    ["statusCode"] = 200,
                    ["executedVersion"] = function.Version,
                    ["functionError"] = result.Error,
                }),
            ["responsePayload"] = result is null ? null : Parse(result.Payload),
        });

    private void WriteOutcome(SqliteConnection db, AsyncInvocation row, string name, AsyncOutcome outcome, string reason)
    {
        if (outcome.End == AsyncEnd.Retry)
        {
            AsyncQueue.Retry(db, row.Id, row.Attempts + 1, outcome.NotBefore);
            return;
        }

        AsyncQueue.Remove(db, row.Id);
        if (outcome.End == AsyncEnd.Succeeded)
        {
            Outcomes.Succeeded(db, name);
        }
        else
        {
            Outcomes.Failed(db, name, row.RequestId, reason, clock.GetUtcNow());
        }
    }

    /// <summary>Why an attempt failed, for people; empty when it did not run.</summary>
    internal static string Reason(AsyncEnd end, string function, InvocationResult? result) => end switch
    {
        AsyncEnd.EventAgeExceeded => "the event became older than its function's MaximumEventAgeInSeconds",
        AsyncEnd.NoFunction => $"there is no function '{function}', or not the version or alias of it that was called",
        _ => result is null ? "" : ErrorMessage(result.Payload),
    };

    private static string ErrorMessage(byte[] payload)
    {
        var parsed = Parse(payload);
        return parsed is JsonObject error && error["errorMessage"] is JsonValue message
            ? message.ToString()
            : parsed?.ToString() ?? "the function failed and said nothing";
    }

    private static JsonNode? Parse(byte[] json)
    {
        var text = Encoding.UTF8.GetString(json);
        try
        {
            return json.Length == 0 ? null : LenientJson.Parse(text);
        }
        catch (JsonException)
        {
            return text; // a runtime may answer with any bytes
        }
    }
}
