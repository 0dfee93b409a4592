using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ScarNet.Core.Iam;
using ScarNet.Local.Access;
using ScarNet.Local.Http;
using ScarNet.Local.Logs;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Lambda;

/// <summary>Stores an object in the engine's own S3, over what has that key.</summary>
public delegate Task ObjectWriter(string bucket, string key, byte[] content, CancellationToken cancellation);

/// <summary>Writes down how an asynchronous attempt ended, and sends the event where its function wants it.</summary>
internal sealed class AsyncEnding(Database database, AsyncQueue queue, LogWriter logs, ObjectWriter objects, RoleAccess roles, TimeProvider clock)
{
    /// <summary>One transaction: a kill before it repeats the attempt, a kill after it changes nothing.</summary>
    public async Task Write(
        AsyncInvocation row, FunctionRecord? function, AsyncOutcome outcome, InvocationResult? result, CancellationToken cancellation)
    {
        var name = FunctionName.Parse(row.FunctionArn).Name;
        var reason = Reason(outcome.End, name, result);
        var destination = outcome.End == AsyncEnd.Retry ? null : Destination(function, outcome.End == AsyncEnd.Succeeded);
        var record = destination is null ? [] : JsonOutput.Bytes(Record(row, function!, outcome.End, result, clock.GetUtcNow()));
        var parts = destination?.Split(':') ?? [];
        if (parts is [_, _, "s3", .., var bucket])
        {
            await WriteObject(row, function!, bucket, record, cancellation);
        }
        else if (parts is [_, _, "lambda", ..])
        {
            parts = MaySend(row, function!, destination!, new AccessRequest("lambda:InvokeFunction", destination!)) ? parts : [];
        }
        else if (parts.Length > 0)
        {
            Say(function!, row.RequestId, $"has no destination here: the local engine cannot send to '{destination}'");
        }

        if (destination is not null)
        {
            await logs.Flush(cancellation); // who sees the invocation's end finds what was said of its destination
        }

        await database.Write(
            db =>
            {
                WriteOutcome(db, row, name, outcome, reason);
                if (parts is [_, _, "lambda", ..])
                {
                    AsyncQueue.Enqueue(db, destination!, record, clock.GetUtcNow());
                }
            },
            cancellation);
        queue.Signal();
    }

    /// <summary>The JSON that a destination gets. Source: docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html</summary>
    internal static JsonObject Record(
        AsyncInvocation row, FunctionRecord function, AsyncEnd end, InvocationResult? result, DateTimeOffset now) => JsonOutput.WithoutNulls(new JsonObject
        {
            ["version"] = "1.0",
            ["timestamp"] = $"{now.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}",
            ["requestContext"] = new JsonObject
            {
                ["requestId"] = row.RequestId,
                ["functionArn"] = $"{function.Arn}:{FunctionName.Latest}",
                ["condition"] = end == AsyncEnd.Succeeded ? "Success" : end.ToString(),
                ["approximateInvokeCount"] = row.Attempts + (result is null ? 0 : 1),
            },
            ["requestPayload"] = Parse(row.Payload),
            ["responseContext"] = result is null
                ? null
                : JsonOutput.WithoutNulls(new JsonObject
                {
                    ["statusCode"] = 200,
                    ["executedVersion"] = FunctionName.Latest,
                    ["functionError"] = result.Error,
                }),
            ["responsePayload"] = result is null ? null : Parse(result.Payload),
        });

    private static string? Destination(FunctionRecord? function, bool succeeded) => succeeded
        ? function?.EventInvoke?.OnSuccessArn
        : function?.EventInvoke?.OnFailureArn ?? function?.DeadLetterArn;

    /// <summary>Before the row goes: after a kill the same object is written again, under the same key.</summary>
    private async Task WriteObject(
        AsyncInvocation row, FunctionRecord function, string bucket, byte[] record, CancellationToken cancellation)
    {
        var key = $"aws/lambda/async/{function.Name}/{row.Enqueued:yyyy/MM/dd}/{row.Enqueued:yyyy-MM-ddTHH.mm.ss}-{row.RequestId}";
        if (!MaySend(row, function, $"s3://{bucket}/{key}", new("s3:PutObject", roles.Place.Objects(bucket, key)), S3Actions.List(roles.Place, bucket)))
        {
            return;
        }

        try
        {
            await objects(bucket, key, record, cancellation);
        }
        catch (ApiException e)
        {
            Say(function, row.RequestId, $"could not be sent to s3://{bucket}/{key}: {e.Message}");
        }
    }

    /// <summary>Lambda sends as the function's role.</summary>
    private bool MaySend(AsyncInvocation row, FunctionRecord function, string where, params IEnumerable<AccessRequest> requests)
    {
        if (roles.Refusal(function.Role, LambdaActions.Service, function.Name, requests) is not { } why)
        {
            return true;
        }

        Say(function, row.RequestId, $"could not be sent to {where}: {why}");
        return false;
    }

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

    private static string Reason(AsyncEnd end, string function, InvocationResult? result) => end switch
    {
        AsyncEnd.EventAgeExceeded => "the event became older than its function's MaximumEventAgeInSeconds",
        AsyncEnd.NoFunction => $"there is no function '{function}'",
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
        try
        {
            return json.Length == 0 ? null : JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return System.Text.Encoding.UTF8.GetString(json); // a runtime may answer with any bytes
        }
    }

    private void Say(FunctionRecord function, string requestId, string what) => logs.Add(
        new LogTarget(function.LogGroup, $"{clock.GetUtcNow():yyyy/MM/dd}/[{FunctionName.Latest}]destinations"),
        $"[scarnet] request {requestId} {what}");
}
