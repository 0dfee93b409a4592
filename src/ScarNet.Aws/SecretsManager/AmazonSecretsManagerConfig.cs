using ScarNet.Aws.Http;

namespace ScarNet.Aws.SecretsManager;

/// <summary>Configuration of <see cref="AmazonSecretsManagerClient"/>.</summary>
public sealed class AmazonSecretsManagerConfig() : JsonClientConfig(new ServiceIdentity("Secrets Manager", "secretsmanager", "2017-10-17"));
