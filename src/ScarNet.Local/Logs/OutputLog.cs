using System.Globalization;

namespace ScarNet.Local.Logs;

/// <summary>
/// The log of one run of a program (an invocation, an attempt of a job): its output, line by line, and the engine's own words. The
/// first <c>boundBytes</c> of output are written as they come; of what follows only the last 64 KiB, at the end, after a line that says
/// how much is missing. Thread-safe.
/// </summary>
public sealed class OutputLog
{
    private const int KeptTailBytes = 64 * 1024;

    private readonly Lock gate = new();
    private readonly LogWriter writer;
    private readonly LogTarget target;
    private readonly long boundBytes;
    private readonly LineSplitter[] splitters;
    private readonly LogTail tail = new();
    private RingBuffer? overflow;
    private long bytes;

    public OutputLog(LogWriter writer, LogTarget target, long boundBytes)
    {
        this.writer = writer;
        this.target = target;
        this.boundBytes = boundBytes;
        splitters = [new LineSplitter(Emit), new LineSplitter(Emit)];
    }

    public LogTarget Target => target;

    /// <summary>Whether anything is written at all; the tail is there in any case. Default: true.</summary>
    public bool Kept { get; init; } = true;

    /// <summary>The last 4 KiB of all that was written, as LogType=Tail answers it.</summary>
    public byte[] Tail
    {
        get
        {
            lock (gate)
            {
                return tail.ToArray();
            }
        }
    }

    /// <summary>Adds a line of the engine's own.</summary>
    public void Line(string message)
    {
        lock (gate)
        {
            Emit(message);
        }
    }

    /// <summary>Takes bytes of the standard output.</summary>
    public void Output(ReadOnlySpan<byte> piece) => Take(0, piece);

    /// <summary>Takes bytes of the standard error.</summary>
    public void Error(ReadOnlySpan<byte> piece) => Take(1, piece);

    /// <summary>The run has ended: writes lines that were not ended, and what was kept of output beyond the bound. May be used again.</summary>
    public void EndOutput()
    {
        lock (gate)
        {
            Array.ForEach(splitters, s => s.End());
            if (overflow is not null)
            {
                var kept = overflow.ToArray();
                if (overflow.Total > kept.Length)
                {
                    Emit(string.Create(
                        CultureInfo.InvariantCulture,
                        $"[scarnet] {overflow.Total - kept.Length:N0} bytes of output are missing here: of one run the engine keeps the first {boundBytes:N0} and the last {KeptTailBytes:N0}"));
                }

                splitters[0].Add(kept);
                splitters[0].End();
            }

            overflow = null;
            bytes = 0;
        }
    }

    private void Take(int channel, ReadOnlySpan<byte> piece)
    {
        lock (gate)
        {
            bytes += piece.Length;
            if (overflow is null && bytes <= boundBytes)
            {
                splitters[channel].Add(piece);
                return;
            }

            if (overflow is null)
            {
                Array.ForEach(splitters, s => s.End());
                overflow = new RingBuffer(KeptTailBytes);
            }

            overflow.Add(piece);
        }
    }

    private void Emit(string line)
    {
        tail.Add(line);
        if (Kept)
        {
            writer.Add(target, line);
        }
    }
}
