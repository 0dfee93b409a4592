using Amazon.Runtime;

namespace ScarNet.Aws.Logs.Model;

public sealed class CreateLogGroupRequest : AmazonWebServiceRequest
{
    public string? LogGroupName { get; set; }

    public Dictionary<string, string>? Tags { get; set; }
}

public sealed class CreateLogGroupResponse : AmazonWebServiceResponse;
