using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using ScarNet.Core;

namespace ScarNet.Aws;

internal static class Credentials
{
    /// <summary>The credentials the settings name; null leaves the choice to the SDK's chain.</summary>
    /// <exception cref="ScarException">They name a profile that does not exist, or half a key.</exception>
    public static AWSCredentials? From(AwsSettings settings)
    {
        if (settings.AccessKey is { Length: > 0 } || settings.SecretKey is { Length: > 0 })
        {
            return FromKeys(settings);
        }

        if (settings.Profile is not { Length: > 0 } name)
        {
            return null;
        }

        var chain = new CredentialProfileStoreChain();
        if (!chain.TryGetProfile(name, out _))
        {
            var known = string.Join(", ", chain.ListProfiles().Select(p => $"'{p.Name}'"));
            throw new ScarException(
                $"no profile '{name}' in ~/.aws/config or ~/.aws/credentials",
                known.Length > 0 ? $"there are {known}" : "'aws configure --profile …' makes one; --local needs none");
        }

        return chain.TryGetAWSCredentials(name, out var credentials)
            ? credentials
            : throw new ScarException($"profile '{name}' holds no credentials", $"'aws configure --profile {name}' asks for them");
    }

    private static AWSCredentials FromKeys(AwsSettings settings)
    {
        if (string.IsNullOrEmpty(settings.AccessKey) || string.IsNullOrEmpty(settings.SecretKey))
        {
            throw new ScarException("an access key without its secret key (or the other way round)", "give both or neither");
        }

        return settings.SessionToken is { Length: > 0 } token
            ? new SessionAWSCredentials(settings.AccessKey, settings.SecretKey, token)
            : new BasicAWSCredentials(settings.AccessKey, settings.SecretKey);
    }
}
