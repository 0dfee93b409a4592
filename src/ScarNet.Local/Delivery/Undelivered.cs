namespace ScarNet.Local.Delivery;

/// <summary>Why something could not be delivered, and never can. Source of the codes: docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html</summary>
/// <param name="Code">For programs.</param>
/// <param name="Text">For people.</param>
internal sealed record Undelivered(string Code, string Text)
{
    public const string NoResource = "NO_RESOURCE";

    public static Undelivered NotAllowed(string arn, Sender sender) =>
        new("NO_PERMISSIONS", $"the policy of '{arn}' does not let {sender.Service} send to it for '{sender.SourceArn}'");

    public static Undelivered Missing(string arn) => new(NoResource, $"there is no '{arn}'");
}
