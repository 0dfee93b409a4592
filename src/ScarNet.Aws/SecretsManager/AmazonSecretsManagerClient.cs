using Amazon.Runtime;
using ScarNet.Aws.Http;
using ScarNet.Aws.SecretsManager.Model;

namespace ScarNet.Aws.SecretsManager;

/// <summary>Secrets Manager, as far as reading goes. Members carry the names of the SDK's own client, so that moving to its package is a change of <c>using</c>.</summary>
/// <param name="credentials">Null takes the SDK's chain.</param>
/// <param name="config">Region or endpoint.</param>
public sealed class AmazonSecretsManagerClient(AWSCredentials? credentials, AmazonSecretsManagerConfig config)
    : JsonClient(credentials, config, (message, inner, type, code, request, status) => new AmazonSecretsManagerException(message, inner, type, code, request, status))
{
    public Task<GetSecretValueResponse> GetSecretValueAsync(GetSecretValueRequest request, CancellationToken cancellationToken = default) =>
        SendTo("secretsmanager.GetSecretValue", request, SecretsManagerJson.Default.GetSecretValueRequest, SecretsManagerJson.Default.GetSecretValueResponse, cancellationToken);
}
