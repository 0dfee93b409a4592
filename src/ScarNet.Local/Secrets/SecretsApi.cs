using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ScarNet.Core.Iam;
using ScarNet.Local.Http;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Secrets;

/// <summary>Secrets Manager, as far as keeping and reading go: JSON 1.1, the operation in X-Amz-Target.</summary>
internal sealed class SecretsApi(SecretFiles files, AwsPlace place, TimeProvider clock)
{
    private const string TargetPrefix = "secretsmanager.";
    private const int MostListed = 100;
    private const int LongestName = 512;
    private const int LongestValue = 65_536;
    private const int SuffixLength = 6;
    private const string SuffixLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly string[] changeable = ["Description", "KmsKeyId"];

    private readonly Lock gate = new();
    private readonly SecretLookup lookup = new(files, place);

    public async Task Handle(HttpContext context)
    {
        var target = context.Request.Headers["X-Amz-Target"].ToString();
        var input = await JsonInput.Read(context);
        var answer = Answer(target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target[TargetPrefix.Length..] : target, input);
        await JsonOutput.Write(context, StatusCodes.Status200OK, answer, JsonOutput.Json11);
    }

    private JsonObject Answer(string operation, JsonInput input)
    {
        lock (gate)
        {
            return operation switch
            {
                "CreateSecret" => Create(input),
                "GetSecretValue" => lookup.Value(input.Text("SecretId"), input.Text("VersionStage"), input.Text("VersionId")),
                "PutSecretValue" or "UpdateSecret" => Put(input),
                "DescribeSecret" => Describe(lookup.Secret(input.Text("SecretId"))),
                "ListSecrets" => List(input),
                "DeleteSecret" => Delete(input),
                "RestoreSecret" => Restore(input),
                _ => throw new ApiException(400, "UnknownOperationException", $"The local engine has no Secrets Manager operation '{operation}'."),
            };
        }
    }

    private JsonObject Create(JsonInput input)
    {
        var name = input.Text("Name") is { Length: > 0 and <= LongestName } given && given.All(c => char.IsAsciiLetterOrDigit(c) || "/_+=.@-".Contains(c, StringComparison.Ordinal))
            ? given
            : throw SecretFault.Wrong("Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!");
        if (files.Find(SecretFiles.Secret, name) is { } old)
        {
            throw old["DeletedDate"] is null
                ? SecretFault.Exists(name)
                : new ApiException(400, "InvalidRequestException", "You can't create this secret because a secret with this name is already scheduled for deletion.");
        }

        var secret = new JsonObject
        {
            ["ARN"] = place.Secret(name) + "-" + RandomNumberGenerator.GetString(SuffixLetters, SuffixLength),
            ["Name"] = name,
            ["Description"] = input.Text("Description"),
            ["KmsKeyId"] = input.Text("KmsKeyId"),
            ["CreatedDate"] = Now,
            ["Tags"] = JsonOutput.List((input.Objects("Tags") ?? []).Select(tag => new JsonObject { ["Key"] = tag.Text("Key"), ["Value"] = tag.Text("Value") })),
            ["Versions"] = new JsonArray(),
        };
        var version = AddVersion(secret, input);
        files.Put(SecretFiles.Secret, name, secret);
        return JsonOutput.WithoutNulls(new() { ["ARN"] = (string?)secret["ARN"], ["Name"] = name, ["VersionId"] = version });
    }

    private JsonObject Put(JsonInput input)
    {
        var secret = lookup.Secret(input.Text("SecretId"));
        foreach (var member in changeable.Where(input.Has))
        {
            secret[member] = input.Text(member);
        }

        var version = AddVersion(secret, input);
        files.Put(SecretFiles.Secret, (string)secret["Name"]!, secret);
        return JsonOutput.WithoutNulls(new()
        {
            ["ARN"] = (string?)secret["ARN"],
            ["Name"] = (string?)secret["Name"],
            ["VersionId"] = version,
            ["VersionStages"] = version is null ? null : JsonOutput.Texts([SecretLookup.Current]),
        });
    }

    /// <returns>Its id; null when the call brings no value.</returns>
    private string? AddVersion(JsonObject secret, JsonInput input)
    {
        var (text, bytes) = (input.Text("SecretString"), input.Bytes("SecretBinary"));
        if (text is null && bytes is null)
        {
            return null;
        }

        if ((text is not null && bytes is not null) || (text?.Length ?? bytes!.Length) is 0 or > LongestValue)
        {
            throw SecretFault.Invalid($"You must provide either SecretString or SecretBinary, of at most {LongestValue} characters or bytes.");
        }

        var id = input.Text("ClientRequestToken") ?? Guid.NewGuid().ToString();
        var versions = secret["Versions"]!.AsArray();
        if (versions.FirstOrDefault(version => (string?)version!["VersionId"] == id) is { } same)
        {
            return (string?)same["SecretString"] == text
                ? id
                : throw new ApiException(400, "ResourceExistsException", $"The operation failed because you can't use ClientRequestToken {id} for another value.");
        }

        foreach (var old in versions.OfType<JsonObject>().ToList())
        {
            // The one before stays readable under its label; what came before that goes.
            if (SecretLookup.Stages(old).Contains(SecretLookup.Current))
            {
                old["Stages"] = JsonOutput.Texts([SecretLookup.Previous]);
            }
            else
            {
                versions.Remove(old);
            }
        }

        versions.Add((JsonNode)JsonOutput.WithoutNulls(new()
        {
            ["VersionId"] = id,
            ["Stages"] = JsonOutput.Texts([SecretLookup.Current]),
            ["SecretString"] = text,
            ["SecretBinary"] = bytes is null ? null : Convert.ToBase64String(bytes),
            ["CreatedDate"] = Now,
        }));
        secret["LastChangedDate"] = Now;
        return id;
    }

    private static JsonObject Describe(JsonObject secret)
    {
        var answer = (JsonObject)secret.DeepClone();
        answer.Remove("Versions");
        answer["VersionIdsToStages"] = new JsonObject(
            SecretLookup.Versions(secret).Select(version => KeyValuePair.Create((string)version["VersionId"]!, version["Stages"]?.DeepClone())));
        return JsonOutput.WithoutNulls(answer);
    }

    private JsonObject List(JsonInput input)
    {
        if (input.Has("Filters"))
        {
            throw SecretFault.Invalid("the local engine lists all secrets: leave Filters out");
        }

        var most = (int)Math.Clamp(input.Number("MaxResults") ?? MostListed, 1, MostListed);
        var found = files.All(SecretFiles.Secret).Where(secret => secret["DeletedDate"] is null || input.Flag("IncludePlannedDeletion") == true)
            .Where(secret => string.CompareOrdinal((string?)secret["Name"], input.Text("NextToken") ?? "") > 0).Take(most + 1).ToList();
        return JsonOutput.WithoutNulls(new()
        {
            ["SecretList"] = JsonOutput.List(found.Take(most).Select(Listed)),
            ["NextToken"] = found.Count > most ? (string?)found[most - 1]["Name"] : null,
        });
    }

    private static JsonObject Listed(JsonObject secret)
    {
        var entry = Describe(secret);
        var stages = entry["VersionIdsToStages"];
        entry.Remove("VersionIdsToStages");
        entry["SecretVersionsToStages"] = stages;
        return entry;
    }

    private JsonObject Delete(JsonInput input)
    {
        var force = input.Flag("ForceDeleteWithoutRecovery") == true;
        if (force && lookup.Find(input.Text("SecretId")) is null)
        {
            return new() { ["Name"] = input.Text("SecretId"), ["DeletionDate"] = Now }; // as AWS has it
        }

        var days = input.Number("RecoveryWindowInDays") ?? 30;
        if (days is < 7 or > 30)
        {
            throw SecretFault.Invalid("The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
        }

        var secret = lookup.Secret(input.Text("SecretId"));
        var name = (string)secret["Name"]!;
        var at = force ? Now : Now + (days * 86_400);
        if (force)
        {
            files.Delete(SecretFiles.Secret, name);
        }
        else
        {
            secret["DeletedDate"] = Now;
            files.Put(SecretFiles.Secret, name, secret);
        }

        return new() { ["ARN"] = (string?)secret["ARN"], ["Name"] = name, ["DeletionDate"] = at };
    }

    private JsonObject Restore(JsonInput input)
    {
        var secret = lookup.Find(input.Text("SecretId")) ?? throw SecretFault.NoSecret();
        secret.Remove("DeletedDate");
        files.Put(SecretFiles.Secret, (string)secret["Name"]!, secret);
        return new() { ["ARN"] = (string?)secret["ARN"], ["Name"] = (string?)secret["Name"] };
    }

    private double Now => clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000d;
}
