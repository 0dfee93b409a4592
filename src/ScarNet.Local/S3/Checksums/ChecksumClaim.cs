using Microsoft.AspNetCore.Http;
using ScarNet.Local.Http;

namespace ScarNet.Local.S3.Checksums;

/// <summary>What a request says about the checksum and MD5 of its body.</summary>
/// <param name="Algorithm">The algorithm it asks for; null when none.</param>
/// <param name="Expected">Base64 from a header; null when it comes as a trailer, or was only asked for.</param>
/// <param name="Trailer">Name of the trailer that will have it, or null.</param>
/// <param name="Md5">From Content-MD5, 16 bytes, or null.</param>
internal sealed record ChecksumClaim(ChecksumAlgorithm? Algorithm, string? Expected, string? Trailer, byte[]? Md5)
{
    public static readonly ChecksumClaim None = new(null, null, null, null);

    public static ChecksumClaim Of(HttpRequest request)
    {
        var headers = request.Headers;
        var md5 = ParseMd5(headers.ContentMD5);
        ChecksumAlgorithm? algorithm = null;
        string? expected = null;
        foreach (var candidate in Checksum.Algorithms)
        {
            if (headers.TryGetValue(Checksum.HeaderOf(candidate), out var value))
            {
                algorithm = algorithm is null ? candidate : throw Invalid("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
                expected = value;
            }
        }

        if (algorithm is null && (string?)headers["x-amz-trailer"] is { } trailer && AlgorithmOfTrailer(trailer) is { } announced)
        {
            return new ChecksumClaim(announced, null, Checksum.HeaderOf(announced), md5);
        }

        return new ChecksumClaim(algorithm ?? Parse(headers["x-amz-sdk-checksum-algorithm"]), expected, null, md5);
    }

    /// <summary>An algorithm by its name on the wire.</summary>
    /// <exception cref="ApiException">There is no such algorithm.</exception>
    public static ChecksumAlgorithm? Parse(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }

        foreach (var algorithm in Checksum.Algorithms)
        {
            if (algorithm.ToString().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return algorithm;
            }
        }

        throw Invalid($"Checksum algorithm provided is unsupported: '{name}'. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
    }

    /// <summary>Compares with what was computed.</summary>
    /// <exception cref="ApiException">BadDigest, or a trailer that was announced and did not come.</exception>
    public void Verify(ReadOnlySpan<byte> md5, Checksum? computed, IReadOnlyDictionary<string, string> trailers)
    {
        if (Md5 is not null && !md5.SequenceEqual(Md5))
        {
            throw S3Errors.BadDigest("The Content-MD5 you specified did not match what we received.");
        }

        var claimed = Trailer is null
            ? Expected
            : trailers.GetValueOrDefault(Trailer) ?? throw new ApiException(
                400, "MalformedTrailerError", "The request contained trailing data that was not well-formed or did not conform to our published schema.");
        if (claimed is not null && computed is not null && claimed != computed.Value)
        {
            throw S3Errors.BadDigest($"The {computed.Algorithm} you specified did not match the calculated checksum.");
        }
    }

    private static ChecksumAlgorithm? AlgorithmOfTrailer(string trailer)
    {
        foreach (var algorithm in Checksum.Algorithms)
        {
            if (trailer.Split(',').Any(name => name.Trim().Equals(Checksum.HeaderOf(algorithm), StringComparison.OrdinalIgnoreCase)))
            {
                return algorithm;
            }
        }

        return null;
    }

    private static byte[]? ParseMd5(string? header)
    {
        if (header is null)
        {
            return null;
        }

        var md5 = new byte[16];
        return Convert.TryFromBase64String(header, md5, out var length) && length == 16
            ? md5
            : throw new ApiException(400, "InvalidDigest", "The Content-MD5 you specified was invalid.");
    }

    private static ApiException Invalid(string message) => new(400, "InvalidRequest", message);
}
