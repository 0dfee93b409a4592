using ScarNet.Core.Iam;

namespace ScarNet.Core.Functions;

/// <summary>
/// Names a secret, as ECS does: an ARN, or the name of one of the same account and region. Source:
/// docs.aws.amazon.com/batch/latest/APIReference/API_Secret.html
/// </summary>
/// <param name="Store">Where it is kept.</param>
/// <param name="Id">Its ARN, without what follows a secret's name; or its name.</param>
public sealed record SecretReference(SecretStore Store, string Id)
{
    public const string SecretsManagerPrefix = "secretsmanager:";
    public const string ParameterStorePrefix = "ssm:";

    private const int LongestSecretName = 512;
    private const int LongestParameterName = 1011;
    private const int MostParts = 4;

    // What Secrets Manager adds to a name for its ARN: '-' and six letters and digits.
    private const int SuffixLength = 6;
    private const string AnySuffix = "-??????";

    /// <summary>Key of the JSON object that the secret holds, of which only that value is meant; null is all of it.</summary>
    public string? Key { get; init; }

    /// <summary>Label of the version; null is <c>AWSCURRENT</c>.</summary>
    public string? Stage { get; init; }

    /// <summary>Id of the version; null is the one with the label.</summary>
    public string? Version { get; init; }

    /// <summary>KMS key that it is encrypted with, as id, alias or ARN; null is the service's own, whose use needs no permission.</summary>
    public string? KmsKey { get; init; }

    /// <summary>Region it lies in; null is that of whoever asks.</summary>
    public string? Region => Arn.Parse(Id)?.Region;

    /// <summary>
    /// An ARN of either service, of Secrets Manager's with <c>:KEY:STAGE:VERSION</c> behind it or a part of that; <c>secretsmanager:NAME</c>,
    /// which may have the same behind it; <c>ssm:NAME</c>; or a parameter's name.
    /// </summary>
    /// <returns>Null when it is none of these.</returns>
    public static SecretReference? Parse(string text)
    {
        if (Arn.Parse(text) is { } arn)
        {
            return arn switch
            {
                { Service: "secretsmanager", Account.Length: > 0, Region.Length: > 0 } when arn.Resource.StartsWith("secret:", StringComparison.Ordinal) =>
                    OfSecret(arn.Resource["secret:".Length..], text[..^arn.Resource.Length] + "secret:"),
                { Service: "ssm", Account.Length: > 0, Region.Length: > 0 } when arn.Resource.StartsWith("parameter/", StringComparison.Ordinal)
                    && IsParameterName(arn.Resource["parameter/".Length..]) => new(SecretStore.ParameterStore, text),
                _ => null,
            };
        }

        if (text.StartsWith(SecretsManagerPrefix, StringComparison.Ordinal))
        {
            return OfSecret(text[SecretsManagerPrefix.Length..], "");
        }

        var name = text.StartsWith(ParameterStorePrefix, StringComparison.Ordinal) ? text[ParameterStorePrefix.Length..] : text;
        return IsParameterName(name) ? new(SecretStore.ParameterStore, name) : null;
    }

    /// <summary>How a job definition says it, with the ARN.</summary>
    public string ValueFrom(AwsPlace place) => (Key, Stage, Version) is (null, null, null) ? ArnIn(place) : $"{ArnIn(place)}:{Key}:{Stage}:{Version}";

    /// <summary>The resource of a policy that means it and nothing else; of a secret without its suffix, with any.</summary>
    public string Resource(AwsPlace place)
    {
        var arn = ArnIn(place);
        return Store == SecretStore.ParameterStore || (Id == arn && HasSuffix(arn)) ? arn : arn + AnySuffix;
    }

    private string ArnIn(AwsPlace place) => AwsPlace.IsArn(Id) ? Id
        : Store == SecretStore.SecretsManager ? place.Secret(Id)
        : place.Parameter(Id);

    private static SecretReference? OfSecret(string rest, string prefix)
    {
        var parts = rest.Split(':');
        return parts.Length <= MostParts && parts[0].Length is > 0 and <= LongestSecretName
            && parts[0].All(c => char.IsAsciiLetterOrDigit(c) || "/_+=.@-".Contains(c, StringComparison.Ordinal))
                ? new(SecretStore.SecretsManager, prefix + parts[0]) { Key = Part(1), Stage = Part(2), Version = Part(3) }
                : null;

        string? Part(int i) => parts.Length > i && parts[i].Length > 0 ? parts[i] : null;
    }

    private static bool IsParameterName(string name) =>
        name.Length <= LongestParameterName && name.TrimStart('/').Length > 0 && !name.EndsWith('/') && !name.Contains("//", StringComparison.Ordinal)
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '.' or '-');

    private static bool HasSuffix(string arn) =>
        arn.Length > SuffixLength && arn[^(SuffixLength + 1)] == '-' && arn[^SuffixLength..].All(char.IsAsciiLetterOrDigit);
}
