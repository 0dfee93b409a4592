using ScarNet.Core.Functions;

namespace ScarNet.Core.Iam;

/// <summary>The secrets of a function, each by its name.</summary>
internal static class SecretGrants
{
    public static void Add(Grants grants, FunctionDefinition function, AwsPlace place)
    {
        grants.Allow("ReadSecrets", ["secretsmanager:GetSecretValue"], In(SecretStore.SecretsManager));
        grants.Allow("ReadParameters", ["ssm:GetParameters"], In(SecretStore.ParameterStore));
        grants.Keys("DecryptSecrets", function.Secrets.Values.Select(secret => secret.KmsKey).OfType<string>(), "kms:Decrypt");

        IEnumerable<string> In(SecretStore store) => function.Secrets.Values.Where(secret => secret.Store == store).Select(secret => secret.Resource(place));
    }
}
