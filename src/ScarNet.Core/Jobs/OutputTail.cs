using System.Text;

namespace ScarNet.Core.Jobs;

/// <summary>The last bytes that a program wrote. One thread adds; any may read.</summary>
public sealed class OutputTail
{
    /// <summary>Bytes that are kept. A run record holds them as text.</summary>
    public const int Bytes = 10 * 1024;

    private readonly Lock gate = new();
    private readonly byte[] ring = new byte[Bytes];
    private long total;

    public void Add(ReadOnlySpan<byte> piece)
    {
        lock (gate)
        {
            total += piece.Length;
            piece = piece.Length > Bytes ? piece[^Bytes..] : piece;
            var at = (int)((total - piece.Length) % Bytes);
            var first = Math.Min(piece.Length, Bytes - at);
            piece[..first].CopyTo(ring.AsSpan(at));
            piece[first..].CopyTo(ring);
        }
    }

    /// <summary>
    /// What is kept, as text: bytes that are not UTF-8 become U+FFFD, but for those at the start that belong to a character that is not
    /// all there. Null when nothing was written.
    /// </summary>
    public string? Text()
    {
        lock (gate)
        {
            if (total == 0)
            {
                return null;
            }

            var kept = (int)Math.Min(total, Bytes);
            var bytes = new byte[kept];
            var start = (int)((total - kept) % Bytes);
            var first = Math.Min(kept, Bytes - start);
            ring.AsSpan(start, first).CopyTo(bytes);
            ring.AsSpan(0, kept - first).CopyTo(bytes.AsSpan(first));
            const int longestRest = 3;
            var cut = 0;
            while (total > kept && cut < longestRest && (bytes[cut] & 0xC0) == 0x80)
            {
                cut++;
            }

            return Encoding.UTF8.GetString(bytes.AsSpan(cut));
        }
    }
}
