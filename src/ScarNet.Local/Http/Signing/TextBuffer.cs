using System.Buffers;
using System.Text;

namespace ScarNet.Local.Http.Signing;

/// <summary>A growing run of Latin-1 bytes for texts that are only hashed. Dispose gives the memory back.</summary>
internal struct TextBuffer : IDisposable
{
    private byte[] bytes;
    private int length;

    public TextBuffer(int capacity) => bytes = ArrayPool<byte>.Shared.Rent(capacity);

    public readonly ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

    public void Append(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        length += Encoding.Latin1.GetBytes(text, bytes.AsSpan(length));
    }

    public void Append(char c)
    {
        Reserve(1);
        bytes[length++] = (byte)c;
    }

    public void AppendHex(ReadOnlySpan<byte> hash)
    {
        Reserve(hash.Length * 2);
        Convert.TryToHexStringLower(hash, bytes.AsSpan(length), out var written);
        length += written;
    }

    public readonly void Dispose() => ArrayPool<byte>.Shared.Return(bytes);

    private void Reserve(int more)
    {
        if (length + more <= bytes.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length * 2, length + more));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
