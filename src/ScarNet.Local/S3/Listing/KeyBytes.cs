namespace ScarNet.Local.S3.Listing;

/// <summary>Keys as the bytes that they are sorted by.</summary>
internal static class KeyBytes
{
    /// <summary>The smallest key that is greater.</summary>
    public static byte[] After(byte[] key) => [.. key, 0];

    /// <summary>The smallest key that is greater than all that begin with the prefix. UTF-8 has no byte 0xFF, so there always is one.</summary>
    /// <param name="prefix">Not empty.</param>
    public static byte[] AfterAll(ReadOnlySpan<byte> prefix)
    {
        var next = prefix.ToArray();
        next[^1]++;
        return next;
    }

    public static byte[] Max(byte[] a, byte[] b) => a.AsSpan().SequenceCompareTo(b) >= 0 ? a : b;

    /// <summary>The part of a key up to and with the first delimiter after the prefix; null when there is none.</summary>
    public static byte[]? CommonPrefix(ReadOnlySpan<byte> key, int prefixLength, ReadOnlySpan<byte> delimiter)
    {
        if (delimiter.IsEmpty)
        {
            return null;
        }

        var at = key[prefixLength..].IndexOf(delimiter);
        return at < 0 ? null : key[..(prefixLength + at + delimiter.Length)].ToArray();
    }
}
