using ScarNet.Core.Iam;
using ScarNet.Local.Delivery;

namespace ScarNet.Local.Access;

/// <summary>What the policy of a queue or topic lets services do there. Without one only the account itself may, by its roles.</summary>
internal static class ResourcePolicy
{
    private static readonly string[] Everybody = ["*", "AWS:*"];

    /// <param name="policy">JSON; null lets nobody in.</param>
    /// <param name="sender">Who wants in.</param>
    /// <param name="action">Such as <c>sqs:SendMessage</c>.</param>
    /// <param name="resource">ARN of what the policy is of.</param>
    /// <param name="account">Of what the sender sends for.</param>
    public static bool Lets(string? policy, Sender sender, string action, string resource, string account)
    {
        if (policy is null)
        {
            return false;
        }

        var about = PolicyReader.Read(policy).Statements
            .Where(statement => statement.Services.Any(name => name == sender.Service || Everybody.Contains(name)))
            .Select(statement => statement with { Services = [] });
        var request = new AccessRequest(action, resource)
        {
            Context = new Dictionary<string, IReadOnlyList<string>>
            {
                ["aws:SourceArn"] = [sender.SourceArn],
                ["aws:SourceAccount"] = [account],
                ["aws:SecureTransport"] = ["true"], // as AWS delivers; between the engine's own services nothing goes over a wire
            },
        };
        return PolicyEvaluation.Decide([new([.. about])], request) == AccessDecision.Allowed;
    }
}
