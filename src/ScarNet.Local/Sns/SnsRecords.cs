namespace ScarNet.Local.Sns;

/// <summary>A topic, as it is kept.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">Those that were set.</param>
/// <param name="Tags">Its tags.</param>
internal sealed record TopicRecord(string Name, IReadOnlyDictionary<string, string> Attributes, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>Its resource policy; null lets in nobody but the account.</summary>
    public string? Policy => Attributes.GetValueOrDefault("Policy") is { Length: > 0 } policy ? policy : null;
}

/// <summary>A subscription, as it is kept.</summary>
/// <param name="Id">The end of its ARN.</param>
/// <param name="Topic">The topic's name.</param>
/// <param name="Protocol">lambda, sqs, http or https.</param>
/// <param name="Endpoint">ARN or address.</param>
/// <param name="Attributes">Those that were set.</param>
/// <param name="Token">What confirms it; null once it is confirmed.</param>
internal sealed record SubscriptionRecord(
    string Id, string Topic, string Protocol, string Endpoint, IReadOnlyDictionary<string, string> Attributes, string? Token)
{
    public bool IsRaw => Attributes.GetValueOrDefault("RawMessageDelivery") == "true";

    /// <summary>Which messages it gets; null is all.</summary>
    public string? Filter => Attributes.GetValueOrDefault("FilterPolicy") is { Length: > 0 } filter && filter != "{}" ? filter : null;

    /// <summary>Whether the filter is about the message itself, which then is JSON, and not about its attributes.</summary>
    public bool FiltersBody => Attributes.GetValueOrDefault("FilterPolicyScope") == "MessageBody";
}
