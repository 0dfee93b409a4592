using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using ScarNet.Local.Http;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Sqs;

/// <summary>SQS with standard queues: query protocol, version 2012-11-05, for older clients, and JSON 1.0 for newer ones.</summary>
internal sealed class SqsApi
{
    public const string Schema = QueueStore.Schema;
    public const string TargetPrefix = "AmazonSQS.";

    private const string Json10 = "application/x-amz-json-1.0";

    private readonly SqsQueues queues;
    private readonly SqsMessages messages;

    public SqsApi(Database database, QueueNames names, Arrivals arrivals, string account, TimeProvider clock)
    {
        queues = new(database, names, clock);
        messages = new(database, queues, names, arrivals, account, clock);
    }

    /// <summary>The operation of a request in either protocol, and its input.</summary>
    public static (string Action, JsonInput Input) Read(HttpContext context)
    {
        var body = Access.RequestBody.Bytes(context);
        var target = context.Request.Headers["X-Amz-Target"].ToString();
        return target.StartsWith(TargetPrefix, StringComparison.Ordinal)
            ? (target[TargetPrefix.Length..], JsonInput.Parse(body))
            : SqsForm.Read(body);
    }

    public async Task Handle(HttpContext context)
    {
        var inJson = context.Request.Headers.ContainsKey("X-Amz-Target");
        try
        {
            var (action, input) = Read(context);
            var answer = await Answer(action, input, context.RequestAborted);
            await (inJson ? JsonOutput.Write(context, StatusCodes.Status200OK, answer ?? [], Json10) : WriteXml(context, SqsXml.Answer(action, answer, RequestId.Of(context))));
        }
        catch (ApiException e) when (inJson)
        {
            context.Response.Headers["x-amzn-query-error"] = $"{e.Code};{(e.Status < 500 ? "Sender" : "Receiver")}";
            await ErrorBody.Write(context, Protocol.Json, new ApiException(400, $"com.amazonaws.sqs#{NameInJson(e.Code)}", e.Message));
        }
    }

    private static string NameInJson(string code) => code switch
    {
        SqsFault.NoQueueCode => "QueueDoesNotExist",
        SqsFault.ExistsCode => "QueueNameExists",
        _ => code[(code.LastIndexOf('.') + 1)..],
    };

    private static Task WriteXml(HttpContext context, XElement answer)
    {
        var body = Encoding.UTF8.GetBytes(answer.ToString(SaveOptions.DisableFormatting));
        context.Response.ContentType = "text/xml";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, 0, body.Length, context.RequestAborted);
    }

    /// <returns>Null where AWS answers with nothing.</returns>
    private Task<JsonObject?> Answer(string action, JsonInput input, CancellationToken cancellation) => action switch
    {
        "CreateQueue" => queues.Create(input, cancellation),
        "GetQueueUrl" => queues.Url(input),
        "ListQueues" => queues.List(input),
        "GetQueueAttributes" => queues.Describe(input),
        "SetQueueAttributes" => queues.Set(input, cancellation),
        "DeleteQueue" => queues.Delete(input, cancellation),
        "PurgeQueue" => queues.Purge(input, cancellation),
        "TagQueue" => queues.Tag(input, cancellation),
        "UntagQueue" => queues.Untag(input, cancellation),
        "ListQueueTags" => queues.ListTags(input),
        "SendMessage" => messages.Send(input, cancellation),
        "SendMessageBatch" => messages.SendBatch(input, cancellation),
        "ReceiveMessage" => messages.Receive(input, cancellation),
        "DeleteMessage" => messages.Delete(input, cancellation),
        "DeleteMessageBatch" => messages.DeleteBatch(input, cancellation),
        "ChangeMessageVisibility" => messages.ChangeVisibility(input, cancellation),
        "ChangeMessageVisibilityBatch" => messages.ChangeVisibilityBatch(input, cancellation),
        _ => throw new ApiException(400, "InvalidAction", $"The action {action} is not valid for this endpoint: the local engine does not have it."),
    };
}
