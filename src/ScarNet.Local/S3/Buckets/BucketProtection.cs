using System.Xml.Linq;

namespace ScarNet.Local.S3.Buckets;

/// <summary>
/// Public access block and default encryption: what every new bucket has since 2023, and what a request may set.
/// Source: docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html and default-encryption-faq.html
/// </summary>
internal static class BucketProtection
{
    /// <summary>The query parameter of the public access block.</summary>
    public const string PublicAccessBlock = "publicAccessBlock";

    private const string Encryption = "encryption";

    private static readonly string[] Switches = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];

    private static readonly string[] Algorithms = ["AES256", "aws:kms", "aws:kms:dsse"];

    /// <summary>All four switches on.</summary>
    public static string Blocked { get; } =
        Document("PublicAccessBlockConfiguration", Switches.Select(name => new XElement(Name(name), "true")));

    private static readonly string Encrypted = Document(
        "ServerSideEncryptionConfiguration",
        [
            new XElement(
                Name("Rule"),
                new XElement(Name("ApplyServerSideEncryptionByDefault"), new XElement(Name("SSEAlgorithm"), "AES256")),
                new XElement(Name("BucketKeyEnabled"), "false")),
        ]);

    /// <summary>What a bucket has where nothing was set, or what was set is deleted; null is nothing.</summary>
    public static string? WhenNothingIsSet(string name) => name == Encryption ? Encrypted : null;

    /// <summary>Refuses what S3 refuses, and says in the document what S3 takes for granted.</summary>
    /// <exception cref="Http.ApiException">MalformedXML, InvalidArgument.</exception>
    public static void Accept(string name, XElement document)
    {
        if (name == PublicAccessBlock)
        {
            CheckSwitches(document);
        }
        else if (name == Encryption)
        {
            AcceptEncryption(document);
        }
    }

    private static void CheckSwitches(XElement document)
    {
        var given = document.Elements().ToList();
        if (given.Count == 0 || given.Any(e => !Switches.Contains(e.Name.LocalName) || !bool.TryParse(e.Value, out _)))
        {
            throw S3Errors.MalformedXml();
        }
    }

    private static void AcceptEncryption(XElement document)
    {
        if (document.Children("Rule").ToList() is not [{ } rule]
            || rule.Children("ApplyServerSideEncryptionByDefault").FirstOrDefault() is not { } wanted || !Algorithms.Contains(wanted.Child("SSEAlgorithm")))
        {
            throw S3Errors.MalformedXml();
        }

        if (rule.Child("BucketKeyEnabled") is null)
        {
            rule.Add(new XElement(rule.Name.Namespace + "BucketKeyEnabled", "false"));
        }

        if (wanted.Child("SSEAlgorithm") == "AES256" && wanted.Child("KMSMasterKeyID") is { } key)
        {
            throw S3Errors.Invalid("a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse", "KMSMasterKeyID", key);
        }
    }

    private static XName Name(string name) => XName.Get(name, Xml.Namespace);

    private static string Document(string root, IEnumerable<XElement> content) =>
        new XElement(Name(root), content).ToString(SaveOptions.DisableFormatting);
}
