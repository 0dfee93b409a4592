using Amazon.Runtime;

namespace ScarNet.Aws.EventBridge.Model;

public sealed class RemoveTargetsRequest : AmazonWebServiceRequest
{
    public string? Rule { get; set; }

    public List<string>? Ids { get; set; }
}

public sealed class RemoveTargetsResponse : AmazonWebServiceResponse
{
    public int? FailedEntryCount { get; set; }

    public List<FailedEntry>? FailedEntries { get; set; }
}
