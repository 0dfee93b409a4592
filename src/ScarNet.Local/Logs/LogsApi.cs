using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ScarNet.Local.Http;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Logs;

/// <summary>CloudWatch Logs: JSON 1.1, the operation in X-Amz-Target.</summary>
public sealed class LogsApi
{
    public const string Schema = LogStore.Schema;

    private const string TargetPrefix = "Logs_20140328.";

    private readonly LogGroupsApi groups;
    private readonly LogStreamsApi streams;
    private readonly LogEventsApi events;

    public LogsApi(Database database, string region, string account, TimeProvider clock)
    {
        var names = new LogNames(region, account);
        groups = new LogGroupsApi(database, names, clock);
        streams = new LogStreamsApi(database, names, clock);
        events = new LogEventsApi(database, clock);
    }

    public async Task Handle(HttpContext context)
    {
        var target = context.Request.Headers["X-Amz-Target"].ToString();
        var operation = target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target[TargetPrefix.Length..] : target;
        var input = await JsonInput.Read(context);
        var answer = await Answer(operation, input, context.RequestAborted);
        if (answer is null)
        {
            context.Response.ContentType = JsonOutput.Json11;
            context.Response.ContentLength = 0;
            return;
        }

        await JsonOutput.Write(context, StatusCodes.Status200OK, answer, JsonOutput.Json11);
    }

    /// <returns>Null where AWS answers with an empty body.</returns>
    private Task<JsonObject?> Answer(string operation, JsonInput input, CancellationToken cancellation) => operation switch
    {
        "CreateLogGroup" => groups.Create(input, cancellation),
        "DeleteLogGroup" => groups.Delete(input, cancellation),
        "DescribeLogGroups" => groups.Describe(input),
        "PutRetentionPolicy" => groups.PutRetention(input, cancellation),
        "DeleteRetentionPolicy" => groups.DeleteRetention(input, cancellation),
        "TagLogGroup" or "TagResource" => groups.Tag(input, cancellation),
        "UntagLogGroup" or "UntagResource" => groups.Untag(input, cancellation),
        "ListTagsLogGroup" or "ListTagsForResource" => groups.ListTags(input),
        "CreateLogStream" => streams.Create(input, cancellation),
        "DeleteLogStream" => streams.Delete(input, cancellation),
        "DescribeLogStreams" => streams.Describe(input),
        "PutLogEvents" => events.Put(input, cancellation),
        "GetLogEvents" => events.Get(input),
        "FilterLogEvents" => events.Filter(input),
        _ => throw new ApiException(400, "UnknownOperationException", $"The local engine has no CloudWatch Logs operation '{operation}'."),
    };
}
