using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ScarNet.Core.Iam;

namespace ScarNet.Local.Access;

/// <summary>
/// What the operations of CloudWatch Logs ask for: the operation's own name on a group or stream. The name of a group ends, as a
/// resource, in <c>:log-stream:</c>, with that of the stream behind it where the operation has one.
/// </summary>
internal sealed class LogsActions(AwsPlace place)
{
    private const string TargetPrefix = "Logs_20140328.";

    private static readonly string[] Writing = ["logs:CreateLogStream", "logs:PutLogEvents"];

    public IEnumerable<AccessRequest> Of(HttpContext context)
    {
        var target = context.Request.Headers["X-Amz-Target"].ToString();
        var operation = target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target[TargetPrefix.Length..] : target;
        var body = RequestBody.Json(context);
        return operation switch
        {
            "" => [new("logs:*", "*")],
            "CreateLogStream" or "DeleteLogStream" or "PutLogEvents" or "GetLogEvents" => [new($"logs:{operation}", Stream(place, Group(body), body.Text("logStreamName") ?? ""))],
            _ => [new($"logs:{operation}", Stream(place, Group(body), ""))],
        };
    }

    public static string Stream(AwsPlace place, string group, string stream) =>
        $"arn:{place.Partition}:logs:{place.Region}:{place.Account}:log-group:{group}:log-stream:{stream}";

    /// <summary>What it takes to write to a stream, as services do for their functions and tasks.</summary>
    public static IEnumerable<AccessRequest> Write(AwsPlace place, string group, string stream) =>
        Writing.Select(action => new AccessRequest(action, Stream(place, group, stream)));

    private static string Group(JsonElement body)
    {
        var name = body.Text("logGroupName") ?? body.Text("logGroupIdentifier") ?? body.Text("resourceArn") ?? "";
        return !AwsPlace.IsArn(name) ? name
            : name.Split(':', 7) is [.., var last] && last.EndsWith(":*", StringComparison.Ordinal) ? last[..^2]
            : name.Split(':', 7)[^1];
    }
}
