using Amazon.Runtime;

namespace ScarNet.Aws.Sns.Model;

public sealed class PublishRequest : AmazonWebServiceRequest
{
    public string? TopicArn { get; set; }

    /// <summary>At most 100 characters of ASCII.</summary>
    public string? Subject { get; set; }

    public string? Message { get; set; }

    /// <summary>What subscribers filter by.</summary>
    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; }
}

public sealed class MessageAttributeValue
{
    /// <summary>String or Number.</summary>
    public string? DataType { get; set; }

    /// <summary>Not empty.</summary>
    public string? StringValue { get; set; }
}

public sealed class PublishResponse : AmazonWebServiceResponse
{
    public string? MessageId { get; set; }
}
