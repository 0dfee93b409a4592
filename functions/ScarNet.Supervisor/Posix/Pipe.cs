using System.Runtime.InteropServices;

namespace ScarNet.Supervisor.Posix;

/// <summary>A pipe, neither of whose ends a child inherits.</summary>
internal sealed unsafe class Pipe
{
    private int readEnd;
    private int writeEnd;

    public Pipe()
    {
        var ends = stackalloc int[2];
        if (Libc.MakePipe(ends, Libc.OpenCloseOnExec) != 0)
        {
            throw new IOException($"pipe2: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        (readEnd, writeEnd) = (ends[0], ends[1]);
    }

    public int WriteEnd => writeEnd;

    /// <summary>Once whoever writes has it.</summary>
    public void CloseWriteEnd() => Close(ref writeEnd);

    /// <summary>Waits for bytes.</summary>
    /// <returns>How many there are; 0 when nobody can write any more.</returns>
    public int Read(Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var read = Libc.Read(readEnd, start, (nuint)buffer.Length);
                if (read >= 0 || Marshal.GetLastPInvokeError() != Libc.Interrupted)
                {
                    return (int)Math.Max(read, 0);
                }
            }
        }
    }

    /// <summary>Both ends, as far as they are open.</summary>
    public void Close()
    {
        CloseWriteEnd();
        Close(ref readEnd);
    }

    private static void Close(ref int descriptor)
    {
        if (Interlocked.Exchange(ref descriptor, -1) is >= 0 and var open)
        {
            _ = Libc.Close(open);
        }
    }
}
