using System.Text;

namespace ScarNet.Local.Logs;

/// <summary>
/// Cuts bytes into lines. Bytes that are not UTF-8 become U+FFFD, as in CloudWatch, and harm nothing else; a carriage return before the
/// line feed goes with it; a line of more than 256 KiB is cut, at a character.
/// </summary>
internal sealed class LineSplitter(Action<string> emit)
{
    /// <summary>Source: docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html, event size.</summary>
    private const int LongestLine = 256 * 1024;

    private byte[] line = new byte[256];
    private int length;

    public void Add(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            var end = piece.IndexOf((byte)'\n');
            var part = end < 0 ? piece : piece[..end];
            var fits = Math.Min(part.Length, LongestLine - length);
            Append(part[..fits]);
            if (fits < part.Length)
            {
                CutLongLine();
                piece = piece[fits..];
                continue;
            }

            piece = piece[(end < 0 ? fits : fits + 1)..];
            if (end >= 0)
            {
                EmitLine();
            }
        }
    }

    /// <summary>Emits what has no line end yet.</summary>
    public void End()
    {
        if (length > 0)
        {
            EmitLine();
        }
    }

    private void Append(ReadOnlySpan<byte> part)
    {
        if (line.Length < length + part.Length)
        {
            Array.Resize(ref line, Math.Max(line.Length * 2, length + part.Length));
        }

        part.CopyTo(line.AsSpan(length));
        length += part.Length;
    }

    private void EmitLine()
    {
        var text = line.AsSpan(0, length > 0 && line[length - 1] == '\r' ? length - 1 : length);
        emit(Encoding.UTF8.GetString(text));
        length = 0;
        if (line.Length > 4096)
        {
            line = new byte[256]; // one long line must not cost its memory for ever
        }
    }

    private void CutLongLine()
    {
        var cut = length;
        while (cut > length - 4 && (line[cut - 1] & 0xC0) == 0x80)
        {
            cut--; // continuation bytes
        }

        cut = cut > 1 && line[cut - 1] >= 0xC0 ? cut - 1 : length; // a character that has begun goes to the next piece
        var rest = line.AsSpan(cut, length - cut).ToArray();
        emit(Encoding.UTF8.GetString(line.AsSpan(0, cut)));
        length = 0;
        Append(rest);
    }
}
