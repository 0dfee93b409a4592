using Amazon.Runtime;
using ScarNet.Aws.Http;
using ScarNet.Aws.SimpleSystemsManagement.Model;

namespace ScarNet.Aws.SimpleSystemsManagement;

/// <summary>Systems Manager, as far as reading goes. Members carry the names of the SDK's own client, so that moving to its package is a change of <c>using</c>.</summary>
/// <param name="credentials">Null takes the SDK's chain.</param>
/// <param name="config">Region or endpoint.</param>
public sealed class AmazonSimpleSystemsManagementClient(AWSCredentials? credentials, AmazonSimpleSystemsManagementConfig config)
    : JsonClient(credentials, config, (message, inner, type, code, request, status) => new AmazonSimpleSystemsManagementException(message, inner, type, code, request, status))
{
    public Task<GetParametersResponse> GetParametersAsync(GetParametersRequest request, CancellationToken cancellationToken = default) =>
        SendTo("AmazonSSM.GetParameters", request, SimpleSystemsManagementJson.Default.GetParametersRequest, SimpleSystemsManagementJson.Default.GetParametersResponse, cancellationToken);
}
