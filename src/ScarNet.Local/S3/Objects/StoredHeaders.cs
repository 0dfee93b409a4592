using System.Text;
using Microsoft.AspNetCore.Http;
using ScarNet.Local.Http;

namespace ScarNet.Local.S3.Objects;

/// <summary>
/// The headers that an object keeps and gives back: a text of <c>name:value\n</c>, ready to be sent. User metadata, Content-Type and
/// the like.
/// </summary>
internal static class StoredHeaders
{
    public const string DefaultContentType = "binary/octet-stream";

    private const string MetadataPrefix = "x-amz-meta-";

    /// <summary>Source: docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html</summary>
    private const int MostMetadata = 2 * 1024;

    private static readonly string[] Plain =
        ["Cache-Control", "Content-Disposition", "Content-Language", "Expires", "x-amz-website-redirect-location"];

    /// <summary>Kept and given back, so that what asks for encryption runs here too. Nothing is encrypted: whoever can read the disk is the user.</summary>
    public static readonly IReadOnlyList<string> Encryption = ["x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id"];

    private static readonly string[] Encryptions = ["AES256", "aws:kms", "aws:kms:dsse"];

    /// <summary>Classes whose objects can be read at once, as all of ours can.</summary>
    private static readonly string[] StorageClasses =
        ["STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR"];

    /// <exception cref="ApiException">More metadata than S3 takes, or a storage class that would hide the object.</exception>
    public static string Of(IHeaderDictionary headers)
    {
        var text = new StringBuilder();
        Add(text, "Content-Type", string.IsNullOrEmpty(headers.ContentType) ? DefaultContentType : headers.ContentType.ToString());
        if (Encoding(headers.ContentEncoding) is { } encoding)
        {
            Add(text, "Content-Encoding", encoding);
        }

        foreach (var name in Plain)
        {
            if (headers.TryGetValue(name, out var value))
            {
                Add(text, name, value.ToString());
            }
        }

        AddMetadata(text, headers);
        AddStorageClass(text, headers["x-amz-storage-class"]);
        AddEncryption(text, headers);
        return text.ToString();
    }

    /// <summary>Puts them on an answer.</summary>
    public static void Send(string stored, IHeaderDictionary answer)
    {
        var rest = stored.AsSpan();
        while (rest.Length > 0)
        {
            var end = rest.IndexOf('\n');
            var colon = rest.IndexOf(':');
            answer[rest[..colon].ToString()] = rest[(colon + 1)..end].ToString();
            rest = rest[(end + 1)..];
        }
    }

    /// <summary>The storage class that a stored text names.</summary>
    public static string StorageClass(string stored) => Value(stored, "\nx-amz-storage-class:") ?? "STANDARD";

    /// <summary>The KMS key that a stored text names; null when it names none.</summary>
    public static string? KmsKey(string stored) => Value(stored, "\nx-amz-server-side-encryption-aws-kms-key-id:");

    // What it looks for is never the first line, which is Content-Type.
    private static string? Value(string stored, string name)
    {
        var start = stored.IndexOf(name, StringComparison.Ordinal);
        return start < 0 ? null : stored[(start + name.Length)..stored.IndexOf('\n', start + 1)];
    }

    private static void AddMetadata(StringBuilder text, IHeaderDictionary headers)
    {
        var size = 0;
        foreach (var (name, values) in headers)
        {
            if (name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            {
                var value = string.Join(',', (IEnumerable<string?>)values);
                size += name.Length - MetadataPrefix.Length + value.Length;
                Add(text, name.ToLowerInvariant(), value);
            }
        }

        if (size > MostMetadata)
        {
            throw new ApiException(400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size");
        }
    }

    private static void AddStorageClass(StringBuilder text, string? storageClass)
    {
        if (storageClass is null or "STANDARD")
        {
            return;
        }

        if (!StorageClasses.Contains(storageClass))
        {
            throw storageClass is "GLACIER" or "DEEP_ARCHIVE"
                ? S3Errors.NotImplemented($"the storage class {storageClass}")
                : new ApiException(400, "InvalidStorageClass", "The storage class you specified is not valid");
        }

        Add(text, "x-amz-storage-class", storageClass);
    }

    private static void AddEncryption(StringBuilder text, IHeaderDictionary headers)
    {
        var (method, key) = ((string?)headers[Encryption[0]], (string?)headers[Encryption[1]]);
        if (method is not null && !Encryptions.Contains(method))
        {
            throw S3Errors.Invalid("The encryption method specified is not supported", Encryption[0], method);
        }

        if (key is not null && method is null or "AES256")
        {
            throw S3Errors.Invalid("Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms", Encryption[1], key);
        }

        foreach (var (name, value) in new[] { (Encryption[0], method), (Encryption[1], key) })
        {
            if (value is not null)
            {
                Add(text, name, value);
            }
        }
    }

    /// <summary>Without <c>aws-chunked</c>, which is of the transfer, not of the object.</summary>
    private static string? Encoding(string? header)
    {
        if (header is null)
        {
            return null;
        }

        var kept = header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(e => e != "aws-chunked");
        return string.Join(',', kept) is { Length: > 0 } rest ? rest : null;
    }

    private static void Add(StringBuilder text, string name, string value) => text.Append(name).Append(':').Append(value).Append('\n');
}
