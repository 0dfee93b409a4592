using System.Buffers;
using System.Text;

namespace ScarNet.Local.Http;

/// <summary>Percent-encoding as SigV4 defines it: everything but the unreserved characters of RFC 3986, upper-case hex, over UTF-8.</summary>
public static class UriText
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private const string Hex = "0123456789ABCDEF";

    private static readonly SearchValues<char> Plain = SearchValues.Create(Unreserved);
    private static readonly SearchValues<char> PlainPath = SearchValues.Create(Unreserved + "/");
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Encodes one text.</summary>
    /// <param name="text">What to encode.</param>
    /// <param name="keepSlash">Whether '/' stays, as in a path.</param>
    public static string Encode(ReadOnlySpan<char> text, bool keepSlash)
    {
        var plain = keepSlash ? PlainPath : Plain;
        if (text.IndexOfAnyExcept(plain) < 0)
        {
            return text.ToString();
        }

        var encoded = new StringBuilder(text.Length * 2);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsBmp && plain.Contains((char)rune.Value))
            {
                encoded.Append((char)rune.Value);
                continue;
            }

            foreach (var b in utf8[..rune.EncodeToUtf8(utf8)])
            {
                encoded.Append('%').Append(Hex[b >> 4]).Append(Hex[b & 15]);
            }
        }

        return encoded.ToString();
    }

    /// <summary>Whether a path is already in the form that <see cref="Encode"/> gives.</summary>
    public static bool IsPlainPath(ReadOnlySpan<char> path) => path.IndexOfAnyExcept(PlainPath) < 0;

    /// <summary>Undoes percent-encoding once.</summary>
    /// <exception cref="ApiException">A '%' without two hex digits, or bytes that are not UTF-8.</exception>
    public static string Decode(ReadOnlySpan<char> text, bool plusIsSpace)
    {
        if (!text.Contains('%'))
        {
            return plusIsSpace && text.Contains('+') ? text.ToString().Replace('+', ' ') : text.ToString();
        }

        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            return Strict.GetString(bytes, 0, Decode(text, plusIsSpace, bytes));
        }
        catch (DecoderFallbackException)
        {
            throw Refusal.BadTarget();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static int Decode(ReadOnlySpan<char> text, bool plusIsSpace, Span<byte> bytes)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '%')
            {
                bytes[count++] = i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2])
                    ? (byte)((HexValue(text[i + 1]) << 4) | HexValue(text[i + 2]))
                    : throw Refusal.BadTarget();
                i += 2;
            }
            else if (c < 128)
            {
                bytes[count++] = (byte)(plusIsSpace && c == '+' ? ' ' : c);
            }
            else
            {
                count += Encoding.UTF8.GetBytes(text.Slice(i, 1), bytes[count..]);
            }
        }

        return count;
    }

    private static int HexValue(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}
