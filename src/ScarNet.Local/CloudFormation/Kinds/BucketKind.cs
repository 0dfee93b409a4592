using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace ScarNet.Local.CloudFormation.Kinds;

/// <summary>AWS::S3::Bucket: the bucket, and of its configurations those that the engine keeps.</summary>
internal sealed class BucketKind(EngineCalls calls) : ResourceKind
{
    private const string Versioning = "versioning";

    public override IReadOnlySet<string> Unchangeable { get; } = new HashSet<string> { "BucketName" };

    public override IReadOnlySet<string> Attributes { get; } = new HashSet<string> { "Arn", "DomainName" };

    public override async Task<Made> Create(ResourceInput input, bool isThere, CancellationToken cancellation)
    {
        var (given, isOurs) = input.NameOf("BucketName");
        var name = isOurs ? given.ToLowerInvariant() : given;
        if (!isThere)
        {
            // S3 says yes in its oldest region to a bucket that is there.
            if (!isOurs && await calls.As(null).HasBucket(name, cancellation))
            {
                throw AlreadyExists(name);
            }

            await input.Make(name, isOurs, () => calls.S3("PUT", Path(name), Location(input.Stack.Region), cancellation));
        }

        await Configure(name, [], input.Properties, cancellation);
        return Made(name);
    }

    public override async Task<Made> Update(string physicalId, JsonObject before, ResourceInput input, CancellationToken cancellation)
    {
        await Configure(physicalId, before, input.Properties, cancellation);
        return Made(physicalId);
    }

    public override Task Delete(string physicalId, JsonObject properties, CancellationToken cancellation) =>
        Tolerant(() => calls.S3("DELETE", Path(physicalId), null, cancellation));

    private static Made Made(string name) => new(name, new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Arn"] = $"arn:aws:s3:::{name}",
        ["DomainName"] = $"{name}.s3.amazonaws.com",
    });

    // Whatever the template calls it: a path of one part.
    private static string Path(string bucket) => $"/{Uri.EscapeDataString(bucket)}";

    private static XElement? Location(string region) => region == "us-east-1"
        ? null
        : new XElement("CreateBucketConfiguration", new XElement("LocationConstraint", region));

    private async Task Configure(string bucket, JsonObject before, JsonObject properties, CancellationToken cancellation)
    {
        var wanted = Documents(properties).ToList();
        foreach (var (name, document) in wanted)
        {
            await calls.S3("PUT", $"{Path(bucket)}?{name}", document, cancellation);
        }

        foreach (var name in Documents(before).Select(one => one.Name).Except(wanted.Select(one => one.Name)))
        {
            // Versioning once begun can only be suspended.
            await (name == Versioning
                ? calls.S3("PUT", $"{Path(bucket)}?{name}", new("VersioningConfiguration", new XElement("Status", "Suspended")), cancellation)
                : calls.S3("DELETE", $"{Path(bucket)}?{name}", null, cancellation));
        }
    }

    private static IEnumerable<(string Name, XElement Document)> Documents(JsonObject properties)
    {
        if (properties["BucketEncryption"].Items("ServerSideEncryptionConfiguration") is { Count: > 0 } encryption)
        {
            yield return ("encryption", new("ServerSideEncryptionConfiguration", encryption.Select(rule =>
                new XElement("Rule", new XElement("ApplyServerSideEncryptionByDefault", Members(rule["ServerSideEncryptionByDefault"]))))));
        }

        if (properties["PublicAccessBlockConfiguration"] is { } block)
        {
            yield return ("publicAccessBlock", new("PublicAccessBlockConfiguration", Members(block)));
        }

        if (properties["OwnershipControls"].Items("Rules") is { Count: > 0 } owners)
        {
            yield return ("ownershipControls", new("OwnershipControls", owners.Select(rule => new XElement("Rule", Members(rule)))));
        }

        if (properties["LifecycleConfiguration"].Items("Rules") is { Count: > 0 } rules)
        {
            yield return ("lifecycle", new("LifecycleConfiguration", rules.Select(Rule)));
        }

        if (properties["VersioningConfiguration"] is { } versioning)
        {
            yield return (Versioning, new("VersioningConfiguration", Members(versioning)));
        }

        if (properties.Tags() is { Count: > 0 } tags)
        {
            yield return ("tagging", new("Tagging", new XElement("TagSet", tags.Select(tag => new XElement("Tag", new XElement("Key", tag.Key), new XElement("Value", tag.Value))))));
        }
    }

    private static XElement Rule(JsonObject rule) => new(
        "Rule",
        new XElement("ID", rule.OptionalText("Id")),
        new XElement("Filter", new XElement("Prefix", rule.OptionalText("Prefix") ?? "")),
        new XElement("Status", rule.Text("Status")),
        rule["ExpirationInDays"] is { } days ? new XElement("Expiration", new XElement("Days", days.ToString())) : null,
        rule["AbortIncompleteMultipartUpload"] is { } abort ? new XElement("AbortIncompleteMultipartUpload", Members(abort)) : null);

    // A flag of a template is True or true; a document's is true.
    private static IEnumerable<XElement> Members(JsonNode? node) => (node as JsonObject ?? []).Select(member => new XElement(
        member.Key,
        bool.TryParse(member.Value?.ToString(), out var flag) ? (flag ? "true" : "false") : member.Value?.ToString()));
}
