using System.Text;
using static ScarNet.Core.Functions.AwsLimits;

namespace ScarNet.Core.Functions;

/// <summary>What the globs and the properties of an output must be, so that no upload is refused after hours of work.</summary>
internal static class OutputRules
{
    // Jobs.ObjectMetadata, its source as a digest.
    private const int OwnMetadataBytes = 192;

    private static readonly string[] StorageClasses =
        ["STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"];

    public static IEnumerable<(string Message, string? Hint)> Check(OutputRule output) =>
        [.. Files(output), .. Tags(output.Properties), .. Metadata(output.Properties), .. Properties(output.Properties)];

    private static IEnumerable<(string Message, string? Hint)> Files(OutputRule output)
    {
        foreach (var pattern in output.Files)
        {
            if (pattern.Length == 0 || pattern.StartsWith('/') || pattern.Split('/').Any(part => part is "." or ".."))
            {
                yield return ($"the pattern '{pattern}' is no path below the output directory", "for example 'results/**/*.txt': it starts in $TMP_OUTPUT_DIR");
            }
            else if (pattern.Any(char.IsControl))
            {
                yield return ("a pattern holds a control character", null);
            }
        }

        if (output.Minimum < 0)
        {
            yield return ($"minimum is {output.Minimum}: it must be from 0", null);
        }
    }

    private static IEnumerable<(string Message, string? Hint)> Tags(OutputProperties properties)
    {
        if (properties.Tags.Count > MaxObjectTags)
        {
            yield return ($"it has {properties.Tags.Count} tags: S3 takes {MaxObjectTags} on an object", null);
        }

        foreach (var (key, value) in properties.Tags)
        {
            if (key.Length is 0 or > TagKeyLength || key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            {
                yield return ($"the tag '{key}' is empty, longer than {TagKeyLength} characters, or begins with 'aws:'", null);
            }

            if (value.Length > TagValueLength)
            {
                yield return ($"the tag '{key}' has a value of {value.Length} characters: S3 takes {TagValueLength}", null);
            }

            foreach (var wrong in (key + value).EnumerateRunes().Where(rune => !IsOfTags(rune)).Take(1))
            {
                yield return ($"the tag '{key}' holds '{wrong}', which S3 does not take in a tag", "letters, digits, spaces and _ . : / = + - @; 'metadata' takes more");
            }
        }
    }

    /// <summary>Source: docs.aws.amazon.com/AmazonS3/latest/API/API_Tag.html</summary>
    private static bool IsOfTags(Rune rune) =>
        Rune.IsLetter(rune) || Rune.IsNumber(rune) || Rune.IsSeparator(rune) || "_.:/=+-@".Contains(rune.ToString(), StringComparison.Ordinal);

    private static IEnumerable<(string Message, string? Hint)> Metadata(OutputProperties properties)
    {
        foreach (var (name, value) in properties.Metadata)
        {
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            {
                yield return ($"'{name}' is no name of metadata", "letters, digits, '-', '_' and '.', without 'x-amz-meta-'");
            }
            else if (name.StartsWith("scarnet-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase))
            {
                yield return ($"the metadata '{name}' begins with 'scarnet-' or 'x-amz-', which are not yours to set", "take another name");
            }

            if (value.Any(c => c is < ' ' or > '~') || value.Trim(' ') != value)
            {
                yield return ($"the metadata '{name}' holds what a header cannot: a letter outside ASCII, a control character or a space at an end", "write it percent-encoded, or use a tag");
            }
        }

        var bytes = properties.Metadata.Sum(pair => pair.Key.Length + pair.Value.Length);
        if (bytes > MetadataBytes - OwnMetadataBytes)
        {
            yield return ($"its metadata has {bytes} bytes: S3 takes {MetadataBytes}, of which ScarNet needs {OwnMetadataBytes} to say where an object comes from", null);
        }
    }

    private static IEnumerable<(string Message, string? Hint)> Properties(OutputProperties properties)
    {
        if (properties.ContentType is { } type && (!type.Contains('/', StringComparison.Ordinal) || type.Any(c => c is < ' ' or > '~')))
        {
            yield return ($"'{type}' is no content type", "for example 'text/plain; charset=utf-8'");
        }

        if (properties.StorageClass is { } storage && !StorageClasses.Contains(storage))
        {
            yield return ($"there is no storage class '{storage}'", $"one of {string.Join(", ", StorageClasses)}");
        }

        if (properties.KmsKey is { } key && (key.Length == 0 || key.Any(c => char.IsWhiteSpace(c) || c is < ' ' or > '~')))
        {
            yield return ($"'{key}' is no KMS key", "its id, its ARN, or 'alias/name'");
        }
        else if (properties is { KmsKey: not null, Encryption: "AES256" })
        {
            yield return ("'sse: AES256' has no 'kms_key'", "use 'sse: aws:kms', or leave one of the two out");
        }
    }
}
