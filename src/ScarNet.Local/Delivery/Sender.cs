namespace ScarNet.Local.Delivery;

/// <summary>Which service sends something, and for what: the resource policy of who gets it must allow both.</summary>
/// <param name="Service">Such as <c>events.amazonaws.com</c>.</param>
/// <param name="SourceArn">ARN of the bucket, rule or topic that it comes from.</param>
internal sealed record Sender(string Service, string SourceArn);
