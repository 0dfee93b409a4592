using System.Text.Json.Nodes;
using ScarNet.Core.Iam;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Secrets;

/// <summary>Finds secrets by name or ARN, and their values by version.</summary>
internal sealed class SecretLookup(SecretFiles files, AwsPlace place)
{
    public const string Current = "AWSCURRENT";
    public const string Previous = "AWSPREVIOUS";

    private const int SuffixLength = 7;

    /// <summary>Null when there is none. By ARN also without the suffix, as AWS takes it.</summary>
    public JsonObject? Find(string? id)
    {
        var prefix = place.Secret("");
        if (id is null || !AwsPlace.IsArn(id))
        {
            return id is null ? null : files.Find(SecretFiles.Secret, id);
        }

        if (!id.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var name = id[prefix.Length..];
        var whole = name.Length > SuffixLength ? files.Find(SecretFiles.Secret, name[..^SuffixLength]) : null;
        return (string?)whole?["ARN"] == id ? whole : files.Find(SecretFiles.Secret, name);
    }

    /// <exception cref="Http.ApiException">There is none, or it is to be deleted.</exception>
    public JsonObject Secret(string? id) => Find(id) switch
    {
        null => throw SecretFault.NoSecret(),
        { } found when found["DeletedDate"] is not null => throw SecretFault.Deleted(),
        { } found => found,
    };

    /// <summary>GetSecretValue's answer.</summary>
    /// <exception cref="Http.ApiException">There is none of these.</exception>
    public JsonObject Value(string? id, string? stage, string? versionId)
    {
        var secret = Secret(id);
        var wanted = versionId is null ? stage ?? Current : stage;
        var version = Versions(secret).FirstOrDefault(v =>
            (versionId is null || (string?)v["VersionId"] == versionId) && (wanted is null || Stages(v).Contains(wanted)))
            ?? throw SecretFault.NoVersion(versionId is null ? $"staging label: {wanted}" : $"VersionId: {versionId}");
        return JsonOutput.WithoutNulls(new()
        {
            ["ARN"] = (string?)secret["ARN"],
            ["Name"] = (string?)secret["Name"],
            ["VersionId"] = (string?)version["VersionId"],
            ["SecretString"] = (string?)version["SecretString"],
            ["SecretBinary"] = (string?)version["SecretBinary"],
            ["VersionStages"] = version["Stages"]?.DeepClone(),
            ["CreatedDate"] = version["CreatedDate"]?.DeepClone(),
        });
    }

    public static IEnumerable<JsonObject> Versions(JsonObject secret) => secret["Versions"]!.AsArray().OfType<JsonObject>();

    public static IEnumerable<string> Stages(JsonObject version) => version["Stages"]!.AsArray().Select(stage => (string)stage!);
}
