using Amazon.Runtime;

namespace ScarNet.Aws.SecretsManager.Model;

public sealed class GetSecretValueRequest : AmazonWebServiceRequest
{
    /// <summary>ARN or name.</summary>
    public string? SecretId { get; set; }

    public string? VersionId { get; set; }

    public string? VersionStage { get; set; }
}

public sealed class GetSecretValueResponse : AmazonWebServiceResponse
{
    public string? ARN { get; set; }

    public string? Name { get; set; }

    public string? VersionId { get; set; }

    /// <summary>Null when the secret is bytes.</summary>
    public string? SecretString { get; set; }
}
