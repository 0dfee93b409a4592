using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using ScarNet.Aws.Http;
using ScarNet.Aws.SimpleSystemsManagement.Model;

namespace ScarNet.Aws.SimpleSystemsManagement;

/// <summary>Systems Manager, as far as reading goes. Members carry the names of the SDK's own client, so that moving to its package is a change of <c>using</c>.</summary>
public sealed class AmazonSimpleSystemsManagementClient : JsonClient
{
    /// <param name="credentials">Null takes the SDK's chain.</param>
    /// <param name="config">Region or endpoint.</param>
    public AmazonSimpleSystemsManagementClient(AWSCredentials? credentials, AmazonSimpleSystemsManagementConfig config)
        : base(credentials, config)
    {
    }

    private protected override string ServiceName => "Amazon.SimpleSystemsManagement";

    public Task<GetParametersResponse> GetParametersAsync(GetParametersRequest request, CancellationToken cancellationToken = default) =>
        SendTo("AmazonSSM.GetParameters", request, SimpleSystemsManagementJson.Default.GetParametersRequest, SimpleSystemsManagementJson.Default.GetParametersResponse, cancellationToken);

    private protected override AmazonServiceException Error(ErrorResponse error, Exception? inner, HttpStatusCode status) =>
        new AmazonSimpleSystemsManagementException(error.Message, inner, error.Type, error.Code, error.RequestId, status);
}
