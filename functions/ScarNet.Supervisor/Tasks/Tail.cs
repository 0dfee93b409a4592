using System.Text;
using ScarNet.Core.Tasks;

namespace ScarNet.Supervisor.Tasks;

/// <summary>Keeps the end of a stream.</summary>
internal sealed class Tail
{
    private readonly byte[] ring = new byte[TesExecutorLog.TailBytes];
    private long written;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        written += Math.Max(0, bytes.Length - ring.Length);
        foreach (var b in bytes[Math.Max(0, bytes.Length - ring.Length)..])
        {
            ring[written++ % ring.Length] = b;
        }
    }

    /// <summary>The end as text; what is no UTF-8, and a character that was cut, is replaced.</summary>
    public override string ToString()
    {
        var start = (int)(written % ring.Length);
        return written <= ring.Length
            ? Encoding.UTF8.GetString(ring, 0, (int)written)
            : Encoding.UTF8.GetString([.. ring[start..], .. ring[..start]]);
    }
}
