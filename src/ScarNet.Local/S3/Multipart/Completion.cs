using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using ScarNet.Local.Http;
using ScarNet.Local.S3.Checksums;
using ScarNet.Local.S3.Objects;

namespace ScarNet.Local.S3.Multipart;

/// <summary>Which parts make up the object, as the client says it and as it is decided.</summary>
internal static class Completion
{
    /// <summary>5 MiB, but for the last part. Source: docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html</summary>
    private const long LeastPart = 5 * 1024 * 1024;

    /// <param name="document">CompleteMultipartUpload.</param>
    public static List<(int Number, string ETag)> Wanted(XElement document)
    {
        var wanted = document.Children("Part")
            .Select(part => (
                int.TryParse(part.Child("PartNumber"), out var number) ? number : throw S3Errors.MalformedXml(),
                ETags.Unquote(part.Child("ETag") ?? throw S3Errors.MalformedXml())))
            .ToList();
        return wanted.Count > 0 ? wanted : throw S3Errors.MalformedXml();
    }

    /// <summary>The parts in their order.</summary>
    /// <exception cref="ApiException">InvalidPartOrder, InvalidPart or EntityTooSmall.</exception>
    public static List<UploadPart> Choose(IReadOnlyList<(int Number, string ETag)> wanted, IReadOnlyCollection<UploadPart> uploaded)
    {
        var byNumber = uploaded.ToDictionary(part => part.Number);
        var chosen = new List<UploadPart>(wanted.Count);
        foreach (var (number, etag) in wanted)
        {
            if (chosen.Count > 0 && chosen[^1].Number >= number)
            {
                throw new ApiException(
                    400, "InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number.");
            }

            chosen.Add(byNumber.TryGetValue(number, out var part) && part.ETag == etag ? part : throw new ApiException(
                400,
                "InvalidPart",
                "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
                ("PartNumber", number.ToString(CultureInfo.InvariantCulture)),
                ("ETag", etag)));
        }

        if (chosen.SkipLast(1).FirstOrDefault(part => part.Size < LeastPart) is { } small)
        {
            throw new ApiException(
                400,
                "EntityTooSmall",
                "Your proposed upload is smaller than the minimum allowed size",
                ("ProposedSize", small.Size.ToString(CultureInfo.InvariantCulture)),
                ("MinSizeAllowed", LeastPart.ToString(CultureInfo.InvariantCulture)),
                ("PartNumber", small.Number.ToString(CultureInfo.InvariantCulture)));
        }

        return chosen;
    }

    /// <summary>MD5 over the parts' MD5s, with their number: S3's form.</summary>
    public static string ETag(IReadOnlyList<UploadPart> parts)
    {
        var hashes = parts.SelectMany(part => Convert.FromHexString(part.ETag)).ToArray();
        return $"{Convert.ToHexStringLower(MD5.HashData(hashes))}-{parts.Count}";
    }

    /// <summary>The object's checksum, verified against what the request says of it.</summary>
    /// <exception cref="ApiException">BadDigest, or InvalidRequest when the size is not the one given.</exception>
    public static Checksum? Check(Upload upload, IReadOnlyList<UploadPart> parts, IHeaderDictionary headers)
    {
        var size = parts.Sum(part => part.Size);
        if ((string?)headers["x-amz-mp-object-size"] is { } given && given != size.ToString(CultureInfo.InvariantCulture))
        {
            throw S3Errors.InvalidRequest($"The provided 'x-amz-mp-object-size' {given} is not the size of the parts together, {size}.");
        }

        if (upload.Algorithm is not { } algorithm)
        {
            return null;
        }

        var checksum = Checksum.OfParts(algorithm, [.. parts.Select(part => (part.Checksum!, part.Size))], upload.Composite);
        return (string?)headers[checksum.HeaderName] is { } expected && expected != checksum.Value
            ? throw S3Errors.BadDigest($"The {algorithm} you specified did not match the calculated checksum.")
            : checksum;
    }
}
