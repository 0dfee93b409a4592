using Microsoft.AspNetCore.Http;
using ScarNet.Core.Iam;
using ScarNet.Local.Http;
using ScarNet.Local.S3.Objects;

namespace ScarNet.Local.Access;

/// <summary>
/// What other services ask of KMS as whoever calls them. The engine encrypts nothing, and yet asks: what may not use a key there does
/// not pass here either.
/// </summary>
internal static class KmsActions
{
    public const string Decrypt = "kms:Decrypt";
    public const string GenerateDataKey = "kms:GenerateDataKey";

    private const string ServicesOwn = "alias/aws/";

    /// <summary>The use of a key. The services' own keys are for whoever may use the service: they ask for nothing.</summary>
    /// <param name="place">Where.</param>
    /// <param name="key">Id, alias, or the ARN of either; null is the service's own.</param>
    /// <param name="actions">Of KMS.</param>
    public static IEnumerable<AccessRequest> Use(AwsPlace place, string? key, params IEnumerable<string> actions)
    {
        if (key is null || key.Contains(ServicesOwn, StringComparison.Ordinal))
        {
            return [];
        }

        // Policies know no alias as a resource. Which key it stands for nobody has said: one of the account's.
        return KmsKey.Alias(key) is { } alias
            ? actions.Select(action => new AccessRequest(action, place.Kms("key/" + alias["alias/".Length..])) { Context = new Dictionary<string, IReadOnlyList<string>> { ["kms:ResourceAliases"] = [alias] } })
            : actions.Select(action => new AccessRequest(action, KmsKey.Arn(place, key)));
    }

    /// <summary>Reading an object's content. Source: docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html</summary>
    /// <exception cref="ApiException">It was stored with a key that the caller may not use.</exception>
    public static void RequireContent(HttpContext context, ObjectRow stored)
    {
        if (Caller.Of(context) is not { } caller)
        {
            return;
        }

        foreach (var request in Use(caller.Place, StoredHeaders.KmsKey(stored.Headers), Decrypt))
        {
            caller.Require(request, Protocol.S3);
        }
    }
}
