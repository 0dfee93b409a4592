using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace ScarNet.Local.CloudFormation.Kinds;

/// <summary>AWS::S3::Bucket: the bucket, and of its configurations those that the engine keeps.</summary>
internal sealed class BucketKind(EngineCalls calls) : ResourceKind
{
    public override IReadOnlySet<string> Unchangeable { get; } = new HashSet<string> { "BucketName" };

    public override async Task<Made> Create(ResourceInput input, bool isThere, CancellationToken cancellation)
    {
        var name = input["BucketName"] ?? input.Generated().ToLowerInvariant();
        if (!isThere)
        {
            await calls.S3("PUT", $"/{name}", Location(input.Stack.Region), cancellation);
        }

        await Configure(name, input.Properties, cancellation);
        return Made(name);
    }

    public override async Task<Made> Update(string physicalId, JsonObject before, ResourceInput input, CancellationToken cancellation)
    {
        await Configure(physicalId, input.Properties, cancellation);
        return Made(physicalId);
    }

    public override Task Delete(string physicalId, JsonObject properties, CancellationToken cancellation) =>
        Tolerant(() => calls.S3("DELETE", $"/{physicalId}", null, cancellation));

    private static Made Made(string name) => new(name, new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Arn"] = $"arn:aws:s3:::{name}",
        ["DomainName"] = $"{name}.s3.amazonaws.com",
    });

    private static XElement? Location(string region) => region == "us-east-1"
        ? null
        : new XElement("CreateBucketConfiguration", new XElement("LocationConstraint", region));

    private async Task Configure(string bucket, JsonObject properties, CancellationToken cancellation)
    {
        foreach (var (name, document) in Documents(properties))
        {
            await calls.S3("PUT", $"/{bucket}?{name}", document, cancellation);
        }
    }

    private static IEnumerable<(string Name, XElement Document)> Documents(JsonObject properties)
    {
        if (properties["BucketEncryption"]?["ServerSideEncryptionConfiguration"] is JsonArray encryption)
        {
            yield return ("encryption", new("ServerSideEncryptionConfiguration", encryption.Select(rule =>
                new XElement("Rule", new XElement("ApplyServerSideEncryptionByDefault", Members(rule?["ServerSideEncryptionByDefault"]))))));
        }

        if (properties["PublicAccessBlockConfiguration"] is { } block)
        {
            yield return ("publicAccessBlock", new("PublicAccessBlockConfiguration", Members(block)));
        }

        if (properties["OwnershipControls"]?["Rules"] is JsonArray owners)
        {
            yield return ("ownershipControls", new("OwnershipControls", owners.Select(rule => new XElement("Rule", Members(rule)))));
        }

        if (properties["LifecycleConfiguration"]?["Rules"] is JsonArray rules)
        {
            yield return ("lifecycle", new("LifecycleConfiguration", rules.Select(Rule)));
        }

        if (properties["VersioningConfiguration"] is { } versioning)
        {
            yield return ("versioning", new("VersioningConfiguration", Members(versioning)));
        }

        if (properties["Tags"] is JsonArray tags)
        {
            yield return ("tagging", new("Tagging", new XElement("TagSet", tags.Select(tag => new XElement("Tag", Members(tag))))));
        }
    }

    private static XElement Rule(JsonNode? rule) => new(
        "Rule",
        new XElement("ID", (string?)rule!["Id"]),
        new XElement("Filter", new XElement("Prefix", (string?)rule["Prefix"] ?? "")),
        new XElement("Status", (string?)rule["Status"]),
        rule["ExpirationInDays"] is { } days ? new XElement("Expiration", new XElement("Days", days.ToString())) : null,
        rule["AbortIncompleteMultipartUpload"] is { } abort ? new XElement("AbortIncompleteMultipartUpload", Members(abort)) : null);

    // A flag of a template is True or true; a document's is true.
    private static IEnumerable<XElement> Members(JsonNode? node) => (node as JsonObject ?? []).Select(member => new XElement(
        member.Key,
        bool.TryParse(member.Value?.ToString(), out var flag) ? (flag ? "true" : "false") : member.Value?.ToString()));
}
