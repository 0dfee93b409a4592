using System.Collections.ObjectModel;

namespace ScarNet.Core.Functions;

/// <summary>What an object is besides its key and its content. Null and empty members leave it to S3 and the bucket.</summary>
public sealed record OutputProperties
{
    public static OutputProperties None { get; } = new();

    /// <summary>Object tags: at most 10. Source: docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init => field = value ?? ReadOnlyDictionary<string, string>.Empty; }
        = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>User metadata, names without <c>x-amz-meta-</c>: printable ASCII, 2 KB with what ScarNet adds.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init => field = value ?? ReadOnlyDictionary<string, string>.Empty; }
        = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Null is <see cref="ContentTypes.Of"/> of the file.</summary>
    public string? ContentType { get; init; }

    /// <summary>In S3's words; null is STANDARD.</summary>
    public string? StorageClass { get; init; }

    /// <summary>AES256, aws:kms or aws:kms:dsse; null is what the bucket does by default.</summary>
    public string? Encryption { get; init; }

    /// <summary>Id, alias or ARN of a KMS key; null is the bucket's, or AWS's own.</summary>
    public string? KmsKey { get; init; }
}
