using System.Text;

namespace ScarNet.Local.Logs;

/// <summary>The last 4 KiB of a log's text, as an Invoke with LogType=Tail answers it.</summary>
internal sealed class LogTail
{
    /// <summary>Source: docs.aws.amazon.com/lambda/latest/api/API_Invoke.html, X-Amz-Log-Result.</summary>
    private const int MostBytes = 4096;

    private readonly RingBuffer ring = new(MostBytes);

    public void Add(string line)
    {
        // Only its end can matter; a character has at most three bytes for each UTF-16 unit.
        ring.Add(Encoding.UTF8.GetBytes(line.Length > MostBytes ? line[^MostBytes..] : line));
        ring.Add("\n"u8);
    }

    public byte[] ToArray() => ring.ToArray();
}
