using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using ScarNet.Aws.Http;
using ScarNet.Aws.SecretsManager.Model;

namespace ScarNet.Aws.SecretsManager;

/// <summary>Secrets Manager, as far as reading goes. Members carry the names of the SDK's own client, so that moving to its package is a change of <c>using</c>.</summary>
public sealed class AmazonSecretsManagerClient : JsonClient
{
    /// <param name="credentials">Null takes the SDK's chain.</param>
    /// <param name="config">Region or endpoint.</param>
    public AmazonSecretsManagerClient(AWSCredentials? credentials, AmazonSecretsManagerConfig config)
        : base(credentials, config)
    {
    }

    private protected override string ServiceName => "Amazon.SecretsManager";

    public Task<GetSecretValueResponse> GetSecretValueAsync(GetSecretValueRequest request, CancellationToken cancellationToken = default) =>
        SendTo("secretsmanager.GetSecretValue", request, SecretsManagerJson.Default.GetSecretValueRequest, SecretsManagerJson.Default.GetSecretValueResponse, cancellationToken);

    private protected override AmazonServiceException Error(ErrorResponse error, Exception? inner, HttpStatusCode status) =>
        new AmazonSecretsManagerException(error.Message, inner, error.Type, error.Code, error.RequestId, status);
}
