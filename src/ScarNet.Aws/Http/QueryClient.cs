using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace ScarNet.Aws.Http;

/// <summary>A client of a service that speaks AWS's query protocol: a form goes there, XML comes back.</summary>
public abstract class QueryClient : JsonClient
{
    private protected QueryClient(AWSCredentials? credentials, JsonClientConfig config, ServiceError error)
        : base(credentials, config, error)
    {
    }

    private protected sealed override Func<Stream, ErrorResponse?>? ErrorIn => XmlAnswer.Error;

    /// <param name="action">Name of the operation.</param>
    /// <param name="request">The request.</param>
    /// <param name="fill">Writes its members into the form.</param>
    /// <param name="read">Reads the answer's result.</param>
    /// <param name="cancellation">Ends the wait.</param>
    private protected Task<TResponse> Ask<TRequest, TResponse>(
        string action, TRequest request, Func<TRequest, QueryForm, QueryForm> fill, Func<XElement, TResponse> read, CancellationToken cancellation)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        Call(
            request,
            (r, http) =>
            {
                new Route("POST", "/").Fill(http);
                http.Content = fill(r, new(action, Config.ServiceVersion)).Bytes();
                http.Headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8";
            },
            answer => read(XmlAnswer.Of(answer)),
            cancellation);
}
