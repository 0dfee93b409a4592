using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace ScarNet.Aws.Http;

/// <summary>Turns a request into HTTP by a function that fills method, path, headers and body.</summary>
internal sealed class RequestWriter<TRequest>(string serviceName, Action<TRequest, IRequest> fill)
    : IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonWebServiceRequest
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, serviceName);
        fill((TRequest)input, request);
        return request;
    }
}
