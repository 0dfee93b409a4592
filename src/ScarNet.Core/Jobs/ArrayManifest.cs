using System.Security.Cryptography;
using System.Text.Json;
using ScarNet.Core.Events;
using ScarNet.Core.Transfers;

namespace ScarNet.Core.Jobs;

/// <summary>What the children of an array job work on: one <see cref="ObjectEvent"/> a line as JSON, the n-th line (from 0) for child n.</summary>
public static class ArrayManifest
{
    /// <summary>Fewest and most children of an array job. Source: docs.aws.amazon.com/batch/latest/userguide/array_jobs.html</summary>
    public const int MinSize = 2;

    public const int MaxSize = 10_000;

    /// <summary>Longest line that is taken: a key has 1,024 bytes, of which JSON makes at most six characters each.</summary>
    public const int MaxLineBytes = 64 * 1024;

    private const int BufferBytes = 16 * 1024;

    /// <summary>The manifest as an object of the artifact bucket.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="events">Each with the version or ETag it is about, so that all children see what the list saw.</param>
    public static Offload.Upload Of(string function, IEnumerable<ObjectEvent> events)
    {
        using var lines = new MemoryStream();
        foreach (var e in events)
        {
            JsonSerializer.Serialize(lines, e, Json.Default.ObjectEvent);
            lines.WriteByte((byte)'\n');
        }

        var content = lines.ToArray();
        return new(ArtifactKeys.Array(function, Convert.ToHexStringLower(SHA256.HashData(content))), content);
    }

    /// <summary>An array job over events: what it carries, and the manifest that must lie in the artifact bucket before.</summary>
    public static Offload.Placement Place(JobSpec spec, IReadOnlyList<ObjectEvent> events)
    {
        var manifest = Of(spec.Function, events);
        var environment = new Dictionary<string, string>
        {
            [SupervisorVariables.ArrayUri] = $"s3://{spec.ArtifactBucket}/{manifest.Key}",
            [SupervisorVariables.ArraySha256] = manifest.Sha256,
        };
        if (Functions.ErrorTolerance.Of(spec.ErrorTolerance, events.Count) is var tolerance and > 0)
        {
            environment[SupervisorVariables.ArrayTolerance] = $"{tolerance}";
        }

        return new(environment, [manifest]);
    }

    /// <summary>
    /// Reads one line. The whole manifest passes by, since its digest is of all of it; no more than that line is kept, so that memory does
    /// not grow with the array.
    /// </summary>
    /// <param name="manifest">The object's content, from its beginning.</param>
    /// <param name="index">Which line, from 0.</param>
    /// <param name="sha256">Digest of the whole: 64 lower-case hex digits.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="ScarException">The digest is another one, or there is no such line.</exception>
    /// <exception cref="TimeoutException">It stopped coming.</exception>
    public static async Task<ObjectEvent> Read(Stream manifest, int index, string? sha256, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var line = new MemoryStream();
        var buffer = new byte[BufferBytes];
        var at = 0;
        for (int count; (count = await Silence.Read(manifest, buffer, cancellation)) > 0;)
        {
            hash.AppendData(buffer, 0, count);
            at = Keep(buffer.AsSpan(0, count), at, index, line);
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != sha256)
        {
            throw new ScarException($"the manifest of the array job does not have the digest '{sha256}': it was tampered with");
        }

        if (line.Length == 0)
        {
            throw new ScarException($"the manifest of the array job has {at} lines: none for child {index}");
        }

        try
        {
            return JsonSerializer.Deserialize(line.GetBuffer().AsSpan(0, (int)line.Length), Json.Default.ObjectEvent)
                ?? throw new ScarException($"line {index + 1} of the array job's manifest is null");
        }
        catch (JsonException e)
        {
            throw new ScarException($"line {index + 1} of the array job's manifest is no object event: {e.Message}", e);
        }
    }

    /// <returns>The number of the line that the next piece begins in.</returns>
    private static int Keep(ReadOnlySpan<byte> piece, int at, int index, MemoryStream line)
    {
        while (!piece.IsEmpty)
        {
            var end = piece.IndexOf((byte)'\n');
            var part = end < 0 ? piece : piece[..end];
            if (at == index)
            {
                if (line.Length + part.Length > MaxLineBytes)
                {
                    throw new ScarException($"line {index + 1} of the array job's manifest is longer than {MaxLineBytes} bytes");
                }

                line.Write(part);
            }

            if (end < 0)
            {
                return at;
            }

            at++;
            piece = piece[(end + 1)..];
        }

        return at;
    }
}
