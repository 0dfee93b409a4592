using Microsoft.AspNetCore.Http;
using ScarNet.Core.Iam;
using ScarNet.Local.Events;

namespace ScarNet.Local.Access;

/// <summary>What the operations of EventBridge ask for: the operation's own name on the rule that it goes by, or on the event bus.</summary>
internal sealed class EventsActions(AwsPlace place)
{
    private string Root => $"arn:{place.Partition}:events:{place.Region}:{place.Account}:";

    public IEnumerable<AccessRequest> Of(HttpContext context)
    {
        var target = context.Request.Headers["X-Amz-Target"].ToString();
        var operation = target.StartsWith(EventsApi.TargetPrefix, StringComparison.Ordinal) ? target[EventsApi.TargetPrefix.Length..] : "";
        var body = RequestBody.Json(context);
        var action = $"events:{operation}";
        return operation switch
        {
            "" => [new("events:*", "*")],
            "PutEvents" => body.Items("Entries").Select(entry => new AccessRequest(action, Bus(entry.Text("EventBusName")))).Distinct(),
            "DescribeEventBus" => [new(action, Bus(body.Text("Name")))],
            "ListEventBuses" or "TestEventPattern" or "ListRuleNamesByTarget" => [new(action, "*")],
            "TagResource" or "UntagResource" or "ListTagsForResource" => [new(action, body.Text("ResourceARN") ?? "*")],
            "PutTargets" or "RemoveTargets" or "ListTargetsByRule" => [new(action, Rule(body.Text("Rule")))],
            "ListRules" => [new(action, Rule(body.Text("NamePrefix")))],
            "PutRule" => [new(action, Rule(body.Text("Name"))), .. body.Items("Tags").Any() ? [new AccessRequest("events:TagResource", Rule(body.Text("Name")))] : (AccessRequest[])[]],
            _ => [new(action, Rule(body.Text("Name")))],
        };
    }

    private string Bus(string? name) => name is not null && AwsPlace.IsArn(name) ? name : $"{Root}event-bus/{name ?? EventNames.DefaultBus}";

    private string Rule(string? name) => $"{Root}rule/{name}";
}
