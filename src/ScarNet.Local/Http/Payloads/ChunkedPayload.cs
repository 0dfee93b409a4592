using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ScarNet.Local.Http.Payloads;

/// <summary>
/// An aws-chunked body: chunks, each perhaps signed, then perhaps trailers.
/// Source: docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and sigv4-streaming-trailers.html
/// </summary>
internal sealed class ChunkedPayload : Payload
{
    private const string SignatureName = "chunk-signature=";

    private readonly LineReader reader;
    private readonly ChunkSigner? signer;
    private readonly bool hasTrailers;
    private readonly IncrementalHash? hash;
    private readonly Dictionary<string, string> trailers = [];
    private string signature = "";
    private long leftInChunk;
    private long total;
    private bool ended;

    public ChunkedPayload(Stream body, long? length, ChunkSigner? signer, bool hasTrailers)
    {
        reader = new LineReader(body);
        this.signer = signer;
        this.hasTrailers = hasTrailers;
        hash = signer is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Length = length;
    }

    public override IReadOnlyDictionary<string, string> Trailers => trailers;

    public override async ValueTask<int> Read(Memory<byte> destination, CancellationToken cancellation)
    {
        if (ended)
        {
            return 0;
        }

        if (leftInChunk == 0)
        {
            await BeginChunk(cancellation);
            if (ended)
            {
                return 0;
            }
        }

        var most = (int)Math.Min(destination.Length, leftInChunk);
        var read = await reader.Bytes(destination[..most], cancellation);
        hash?.AppendData(destination.Span[..read]);
        leftInChunk -= read;
        total += read;
        if (leftInChunk == 0)
        {
            Verify();
            await ExpectEmptyLine(cancellation);
        }

        return read;
    }

    public override void Dispose()
    {
        reader.Dispose();
        hash?.Dispose();
        base.Dispose();
    }

    private static ApiException Malformed(string what) => new(400, "InvalidRequest", $"The aws-chunked body is malformed: {what}.");

    private async ValueTask BeginChunk(CancellationToken cancellation)
    {
        var line = await reader.Line(cancellation);
        var semicolon = line.IndexOf(';', StringComparison.Ordinal);
        var size = semicolon < 0 ? line : line[..semicolon];
        if (!long.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out leftInChunk) || leftInChunk < 0)
        {
            throw Malformed("a chunk does not begin with its size");
        }

        signature = semicolon >= 0 && line.AsSpan(semicolon + 1).StartsWith(SignatureName, StringComparison.Ordinal)
            ? line[(semicolon + 1 + SignatureName.Length)..]
            : "";
        if (leftInChunk == 0)
        {
            Verify();
            await End(cancellation);
        }
        else if (total + leftInChunk > Length)
        {
            throw WrongLength();
        }
    }

    private async ValueTask End(CancellationToken cancellation)
    {
        if (hasTrailers)
        {
            await ReadTrailers(cancellation);
        }
        else if (!await reader.AtEnd(cancellation)) // some clients leave the last line end out
        {
            await ExpectEmptyLine(cancellation);
        }

        if (total != Length)
        {
            throw WrongLength();
        }

        ended = true;
    }

    private async ValueTask ReadTrailers(CancellationToken cancellation)
    {
        var signedText = new StringBuilder();
        string? trailerSignature = null;
        while (!await reader.AtEnd(cancellation))
        {
            var line = await reader.Line(cancellation);
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                continue; // the empty line at the end
            }

            var (name, value) = (line[..colon].Trim().ToLowerInvariant(), line[(colon + 1)..].Trim());
            if (name == "x-amz-trailer-signature")
            {
                trailerSignature = value;
                continue;
            }

            trailers[name] = trailers.Count < 16 ? value : throw Malformed("it has too many trailers");
            signedText.Append(name).Append(':').Append(value).Append('\n');
        }

        signer?.VerifyTrailers(signedText.ToString(), trailerSignature ?? "");
    }

    private void Verify() => signer?.VerifyChunk(hash!.GetHashAndReset(), signature);

    private async ValueTask ExpectEmptyLine(CancellationToken cancellation)
    {
        if ((await reader.Line(cancellation)).Length > 0)
        {
            throw Malformed("a chunk is longer than its size says");
        }
    }

    private ApiException WrongLength() => new(
        400, "IncompleteBody", $"You did not provide the number of bytes specified by x-amz-decoded-content-length ({Length}).");
}
