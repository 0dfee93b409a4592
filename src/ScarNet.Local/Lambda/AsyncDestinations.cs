using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ScarNet.Core.Functions;
using ScarNet.Core.Iam;
using ScarNet.Local.Access;
using ScarNet.Local.Delivery;
using ScarNet.Local.Events;
using ScarNet.Local.Http;
using ScarNet.Local.Logs;
using ScarNet.Local.Sqs;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Lambda;

/// <summary>
/// Where asynchronous invocations go in the end: the event as it came to the dead-letter queue or topic, a record of it to the destination.
/// Lambda sends as the function's role; what cannot be sent stands in the function's log.
/// </summary>
internal sealed class AsyncDestinations(AsyncTargets targets, Database database, LogWriter logs, RoleAccess roles, TimeProvider clock)
{
    /// <summary>Of an error message, in a message attribute. Source: docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html</summary>
    private const int ErrorLength = 1024;

    /// <summary>Sends what has to be sent beforehand.</summary>
    /// <param name="row">The invocation.</param>
    /// <param name="function">Its function.</param>
    /// <param name="end">How it ended, for good.</param>
    /// <param name="record">What a destination gets.</param>
    /// <param name="reason">Why it failed.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What the transaction that writes the end down does.</returns>
    public async Task<IReadOnlyList<Action<SqliteConnection>>> Prepare(
        AsyncInvocation row, FunctionRecord function, AsyncEnd end, Func<JsonObject> record, string reason, CancellationToken cancellation)
    {
        var sends = new List<Action<SqliteConnection>>();
        var succeeded = end == AsyncEnd.Succeeded;
        var destination = succeeded ? function.EventInvoke?.OnSuccessArn : function.EventInvoke?.OnFailureArn;
        if (destination is not null && Arn.Parse(destination) is { } arn)
        {
            var document = record();
            if (arn.Service == "s3")
            {
                await WriteObject(row, function, arn.Resource, JsonOutput.Bytes(document), cancellation);
            }
            else if (MaySend(row, function, destination))
            {
                sends.Add(db => Hand(db, row, function, destination, succeeded, document));
            }
        }

        if (!succeeded && function.DeadLetterArn is { } letters && MaySend(row, function, letters))
        {
            var attributes = QueueMessage.Texts(new Dictionary<string, string>
            {
                ["RequestID"] = row.RequestId,
                ["ErrorCode"] = "200",
                ["ErrorMessage"] = reason.Length > ErrorLength ? reason[..ErrorLength] : reason.Length > 0 ? reason : end.ToString(),
            });
            sends.Add(db => Hand(db, row, function, letters, new Message(row.Payload) { Attributes = attributes }));
        }

        if (destination is not null || function.DeadLetterArn is not null)
        {
            await logs.Flush(cancellation); // who sees the invocation's end finds what was said of its destination
        }

        return sends;
    }

    /// <summary>After the commit.</summary>
    public void Signal() => targets.Destinations.Signal();

    private static AccessRequest Request(string arn) => new(
        Arn.Parse(arn)?.Service switch { "sqs" => "sqs:SendMessage", "sns" => "sns:Publish", "events" => "events:PutEvents", _ => "lambda:InvokeFunction" }, arn);

    private void Hand(SqliteConnection db, AsyncInvocation row, FunctionRecord function, string destination, bool succeeded, JsonObject record)
    {
        if (destination != targets.Bus.Names.Bus)
        {
            Hand(db, row, function, destination, new Message(JsonOutput.Bytes(record)));
            return;
        }

        // Source: docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
        var type = $"Lambda Function Invocation Result - {(succeeded ? "Success" : "Failure")}";
        targets.Bus.Publish(db, new("lambda", type, [destination, record["requestContext"]!["functionArn"]!.ToString()], record, clock.GetUtcNow()));
    }

    private void Hand(SqliteConnection db, AsyncInvocation row, FunctionRecord function, string destination, Message message)
    {
        if (targets.Destinations.Hand(db, destination, message) is { } lost)
        {
            Say(function, row.RequestId, $"could not be sent to {destination}: {lost.Text}");
        }
    }

    private bool MaySend(AsyncInvocation row, FunctionRecord function, string arn)
    {
        var isThere = arn == targets.Bus.Names.Bus || database.Read(db => targets.Destinations.IsThere(db, arn));
        return isThere ? MaySend(row, function, arn, Request(arn)) : Say(function, row.RequestId, $"could not be sent to {arn}: there is none here");
    }

    /// <summary>Before the row goes: after a kill the same object is written again, under the same key.</summary>
    private async Task WriteObject(AsyncInvocation row, FunctionRecord function, string bucket, byte[] record, CancellationToken cancellation)
    {
        var key = $"aws/lambda/async/{function.Name}/{row.Enqueued:yyyy/MM/dd}/{row.Enqueued:yyyy-MM-ddTHH.mm.ss}-{row.RequestId}";
        if (!MaySend(row, function, $"s3://{bucket}/{key}", new("s3:PutObject", roles.Place.Objects(bucket, key)), S3Actions.List(roles.Place, bucket)))
        {
            return;
        }

        try
        {
            await targets.WriteObject(bucket, key, record, cancellation);
        }
        catch (ApiException e)
        {
            Say(function, row.RequestId, $"could not be sent to s3://{bucket}/{key}: {e.Message}");
        }
    }

    /// <summary>Lambda sends as the function's role.</summary>
    private bool MaySend(AsyncInvocation row, FunctionRecord function, string where, params IEnumerable<AccessRequest> requests) =>
        roles.Refusal(function.Role, LambdaActions.Service, function.Name, requests) is not { } why
        || Say(function, row.RequestId, $"could not be sent to {where}: {why}");

    /// <returns>Never that it may.</returns>
    private bool Say(FunctionRecord function, string requestId, string what)
    {
        logs.Add(
            new LogTarget(function.LogGroup, $"{clock.GetUtcNow():yyyy/MM/dd}/[{function.Version}]destinations"), $"[scarnet] request {requestId} {what}");
        return false;
    }
}
