namespace ScarNet.Core.Functions;

/// <summary>Where a secret is kept.</summary>
public enum SecretStore
{
    /// <summary>AWS Secrets Manager.</summary>
    SecretsManager,

    /// <summary>Parameter Store of AWS Systems Manager.</summary>
    ParameterStore,
}
