namespace ScarNet.Local.Logs;

/// <summary>Keeps the last bytes of many.</summary>
internal sealed class RingBuffer(int capacity)
{
    private readonly byte[] bytes = new byte[capacity];

    /// <summary>All bytes that were added.</summary>
    public long Total { get; private set; }

    public void Add(ReadOnlySpan<byte> piece)
    {
        var kept = piece.Length > capacity ? piece[^capacity..] : piece;
        var start = (int)((Total + piece.Length - kept.Length) % capacity);
        var first = Math.Min(kept.Length, capacity - start);
        kept[..first].CopyTo(bytes.AsSpan(start));
        kept[first..].CopyTo(bytes);
        Total += piece.Length;
    }

    /// <summary>The last bytes in their order.</summary>
    public byte[] ToArray()
    {
        if (Total <= capacity)
        {
            return bytes[..(int)Total];
        }

        var start = (int)(Total % capacity);
        return [.. bytes.AsSpan(start), .. bytes.AsSpan(0, start)];
    }
}
