using Amazon.Runtime;

namespace ScarNet.Aws.Logs.Model;

public sealed class DeleteLogGroupRequest : AmazonWebServiceRequest
{
    public string? LogGroupName { get; set; }
}

public sealed class DeleteLogGroupResponse : AmazonWebServiceResponse;
