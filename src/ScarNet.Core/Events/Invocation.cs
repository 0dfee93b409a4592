using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ScarNet.Core.Events;

/// <summary>The identity of an invocation, derived from what it works on: a repeated event has the same id.</summary>
public static class Invocation
{
    /// <summary>Id of one function applied to one object event: 64 lower-case hex digits.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="e">
    /// The event. Its version identifies the content, else its ETag; the sequencer tells two writes of the same content apart.
    /// </param>
    public static string IdOf(string function, ObjectEvent e) => Digest(
        "object",
        function,
        e.Object.Bucket,
        e.Object.Key,
        e.VersionId ?? e.ETag ?? "",
        Sequencer.Normalize(e.Sequencer ?? ""));

    /// <summary>Id of one function called with other data: one for each request, retries of the request included.</summary>
    public static string IdOf(string function, string requestId) => Digest("request", function, requestId);

    // Each part goes in with its length, so that no two lists of parts read the same.
    private static string Digest(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
