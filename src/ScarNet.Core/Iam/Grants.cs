using ScarNet.Core.Functions;

namespace ScarNet.Core.Iam;

/// <summary>The statements of one policy while they come together.</summary>
internal sealed class Grants(AwsPlace place)
{
    private readonly List<PolicyStatement> statements = [];
    private readonly SortedDictionary<string, SortedSet<string>> listed = new(StringComparer.Ordinal);

    /// <summary>Access to objects; nothing when there are none.</summary>
    public void Objects(string sid, IEnumerable<KeyPattern> keys, params IReadOnlyList<string> actions) =>
        Allow(sid, actions, keys.Select(key => place.Objects(key.Bucket, key.Objects)));

    /// <summary>
    /// Makes S3 say of an object that it is missing: to who may not list the bucket it says that access is denied. HEAD and GET carry no
    /// prefix, so the condition holds where there is none. Source: docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
    /// </summary>
    public void Listing(IEnumerable<KeyPattern> keys)
    {
        foreach (var key in keys)
        {
            if (!listed.TryGetValue(key.Bucket, out var prefixes))
            {
                listed[key.Bucket] = prefixes = new(StringComparer.Ordinal);
            }

            prefixes.Add(key.Prefix);
        }
    }

    public void Allow(string sid, IReadOnlyList<string> actions, IEnumerable<string> resources, params IReadOnlyList<PolicyCondition> conditions)
    {
        var named = resources.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (named.Length > 0)
        {
            statements.Add(new() { Sid = sid, Actions = actions, Resources = named, Conditions = conditions });
        }
    }

    /// <summary>What no other statement may allow where the conditions hold.</summary>
    public void Deny(string sid, IReadOnlyList<string> actions, IReadOnlyList<string> resources, params IReadOnlyList<PolicyCondition> conditions) =>
        statements.Add(new() { Sid = sid, Denies = true, Actions = actions, Resources = resources, Conditions = conditions });

    /// <summary>Use of KMS keys; those named by alias through their aliases, as policies do not know these as resources.</summary>
    public void Keys(string sid, IEnumerable<string> keys, params IReadOnlyList<string> actions)
    {
        var all = keys.Distinct(StringComparer.Ordinal).ToArray();
        Allow(sid, actions, all.Where(key => KmsKey.Alias(key) is null).Select(key => KmsKey.Arn(place, key)));
        var aliases = all.Select(KmsKey.Alias).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (aliases.Length > 0)
        {
            Allow(sid + "ByAlias", actions, [place.Kms("key/*")], new PolicyCondition("ForAnyValue:StringEquals", "kms:ResourceAliases", aliases));
        }
    }

    /// <exception cref="ScarException">It is longer than a role's policies may be.</exception>
    public PolicyDocument Document(string function)
    {
        var lists = listed.Select((list, i) => new PolicyStatement
        {
            Sid = $"List{i + 1}",
            Actions = ["s3:ListBucket"],
            Resources = [place.Bucket(list.Key)],
            Conditions = [new("StringLikeIfExists", "s3:prefix", [.. list.Value])],
        });
        var document = new PolicyDocument([.. statements, .. lists]);
        return document.ToJson().Length <= PolicyDocument.MaxInlineCharacters ? document : throw new ScarException(
            $"the policy of function '{function}' would have {document.ToJson().Length} characters, and AWS takes {PolicyDocument.MaxInlineCharacters}",
            "fewer triggers, outputs and inputs, or 'role' (and 'job_role' of batch) with a role of your own");
    }
}
