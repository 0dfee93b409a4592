using Microsoft.AspNetCore.Http;
using ScarNet.Core.Iam;
using ScarNet.Local.Sns;

namespace ScarNet.Local.Access;

/// <summary>What the operations of SNS ask for: the operation's own name on a topic.</summary>
internal sealed class SnsActions(AwsPlace place)
{
    public IEnumerable<AccessRequest> Of(HttpContext context)
    {
        var form = SnsForm.Read(RequestBody.Bytes(context));
        var action = $"sns:{form["Action"]}";
        var arn = form["TopicArn"] ?? form["TargetArn"] ?? form["ResourceArn"] ?? TopicOf(form["SubscriptionArn"]);
        return [new(action, arn ?? $"arn:{place.Partition}:sns:{place.Region}:{place.Account}:{form["Name"]}")];
    }

    // A subscription's ARN is its topic's with an id behind it.
    private static string? TopicOf(string? subscription) => subscription is { Length: > 0 } ? subscription[..Math.Max(0, subscription.LastIndexOf(':'))] : null;
}
