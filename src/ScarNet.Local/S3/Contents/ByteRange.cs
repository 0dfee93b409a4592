using System.Globalization;
using System.Runtime.InteropServices;
using ScarNet.Local.Http;

namespace ScarNet.Local.S3.Contents;

/// <summary>A run of bytes of an object.</summary>
/// <param name="Start">First byte, from 0.</param>
/// <param name="Length">Bytes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ByteRange(long Start, long Length)
{
    private const string Unit = "bytes=";

    /// <summary>The range that a Range header asks for; null when it asks for none that S3 serves (then the whole is sent).</summary>
    /// <param name="header">Such as <c>bytes=0-99</c>, <c>bytes=100-</c> or <c>bytes=-100</c>. S3 serves one range at most.</param>
    /// <param name="size">Of the object.</param>
    /// <exception cref="ApiException">416: nothing of the object is in it.</exception>
    public static ByteRange? Parse(string? header, long size)
    {
        if (header is null || !header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var text = header.AsSpan(Unit.Length).Trim();
        var dash = text.IndexOf('-');
        if (dash < 0 || text.Contains(','))
        {
            return null;
        }

        var from = text[..dash].Trim();
        var to = text[(dash + 1)..].Trim();
        if (from.IsEmpty)
        {
            return TryNumber(to, out var last) ? Suffix(last, size) : null;
        }

        if (!TryNumber(from, out var start))
        {
            return null;
        }

        var end = size - 1;
        if (!to.IsEmpty)
        {
            if (!TryNumber(to, out var given) || given < start)
            {
                return null;
            }

            end = Math.Min(given, end);
        }

        return start < size ? new ByteRange(start, end - start + 1) : throw Unsatisfiable(size);
    }

    /// <summary>Value of Content-Range.</summary>
    public string Of(long size) => string.Create(CultureInfo.InvariantCulture, $"bytes {Start}-{Start + Length - 1}/{size}");

    private static ByteRange Suffix(long last, long size) =>
        last > 0 && size > 0 ? new ByteRange(Math.Max(0, size - last), Math.Min(last, size)) : throw Unsatisfiable(size);

    private static bool TryNumber(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static ApiException Unsatisfiable(long size) => new(
        416, "InvalidRange", "The requested range is not satisfiable", ("ActualObjectSize", size.ToString(CultureInfo.InvariantCulture)))
    {
        Headers = [("Content-Range", $"bytes */{size}")],
    };
}
