using Amazon.Runtime;

namespace ScarNet.Aws.Ecr.Model;

public sealed class GetAuthorizationTokenRequest : AmazonWebServiceRequest;

public sealed class GetAuthorizationTokenResponse : AmazonWebServiceResponse
{
    public List<AuthorizationData>? AuthorizationData { get; set; }
}
