using Microsoft.AspNetCore.Http;
using ScarNet.Core.Iam;
using ScarNet.Local.Sns;

namespace ScarNet.Local.Access;

/// <summary>What the operations of SNS ask for: the operation's own name on the topic that the operation goes by.</summary>
internal sealed class SnsActions(AwsPlace place)
{
    public IEnumerable<AccessRequest> Of(HttpContext context)
    {
        var form = SnsForm.Read(RequestBody.Bytes(context));
        var action = $"sns:{form["Action"]}";
        var arn = form["Action"] switch
        {
            "CreateTopic" => Topic(form["Name"]),
            "ListTopics" or "ListSubscriptions" => Topic(""),
            "Publish" => form["TopicArn"] ?? form["TargetArn"],
            "TagResource" or "UntagResource" or "ListTagsForResource" => form["ResourceArn"],
            "Unsubscribe" or "GetSubscriptionAttributes" or "SetSubscriptionAttributes" => TopicOf(form["SubscriptionArn"]),
            _ => form["TopicArn"],
        };
        return [new(action, arn ?? Topic(""))];
    }

    private string Topic(string? name) => $"arn:{place.Partition}:sns:{place.Region}:{place.Account}:{name}";

    // A subscription's ARN is its topic's with an id behind it.
    private static string? TopicOf(string? subscription) => subscription is { Length: > 0 } ? subscription[..Math.Max(0, subscription.LastIndexOf(':'))] : null;
}
