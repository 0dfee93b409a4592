namespace ScarNet.Core.Iam;

/// <summary>The ways in which KMS lets a key be named: by its id, by an alias, and by the ARN of either.</summary>
public static class KmsKey
{
    /// <summary>The alias as conditions name it (<c>alias/mine</c>); null when the key is named otherwise.</summary>
    public static string? Alias(string key)
    {
        var at = key.IndexOf("alias/", StringComparison.Ordinal);
        return at == 0 || (at > 0 && AwsPlace.IsArn(key) && key[at - 1] == ':') ? key[at..] : null;
    }

    /// <summary>The ARN of a key that is not named by an alias.</summary>
    public static string Arn(AwsPlace place, string key) => AwsPlace.IsArn(key) ? key : place.Kms($"key/{key}");
}
