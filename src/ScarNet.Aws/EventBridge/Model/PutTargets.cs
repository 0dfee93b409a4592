using Amazon.Runtime;

namespace ScarNet.Aws.EventBridge.Model;

public sealed class PutTargetsRequest : AmazonWebServiceRequest
{
    public string? Rule { get; set; }

    public List<Target>? Targets { get; set; }
}

public sealed class PutTargetsResponse : AmazonWebServiceResponse
{
    public int? FailedEntryCount { get; set; }

    public List<FailedEntry>? FailedEntries { get; set; }
}
