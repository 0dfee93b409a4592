using Amazon.Runtime;

namespace ScarNet.Aws.Logs.Model;

public sealed class PutRetentionPolicyRequest : AmazonWebServiceRequest
{
    public string? LogGroupName { get; set; }

    public int? RetentionInDays { get; set; }
}

public sealed class PutRetentionPolicyResponse : AmazonWebServiceResponse;
