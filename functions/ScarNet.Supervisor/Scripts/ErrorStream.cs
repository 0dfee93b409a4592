using System.Runtime.InteropServices;
using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Posix;

namespace ScarNet.Supervisor.Scripts;

/// <summary>A script's standard error: it goes on to the supervisor's own, byte for byte and at once, and its end is kept.</summary>
internal sealed class ErrorStream
{
    private const int BufferBytes = 64 * 1024;
    private const int StackBytes = 256 * 1024;
    private const int StandardError = 2;

    private readonly Pipe pipe = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the script gets as its descriptor 2.</summary>
    public int WriteEnd => pipe.WriteEnd;

    public OutputTail Tail { get; } = new();

    /// <summary>Done when nobody can write any more and all that was written has gone on.</summary>
    public Task Ended => ended.Task;

    /// <summary>Once the script has its end.</summary>
    public void Begin()
    {
        pipe.CloseWriteEnd();
        new Thread(Forward, StackBytes) { IsBackground = true, Name = "script's errors" }.Start();
    }

    /// <summary>In place of <see cref="Begin"/>, when there is no script after all.</summary>
    public void GiveUp() => pipe.Close();

    private void Forward()
    {
        var buffer = new byte[BufferBytes];
        for (int read; (read = pipe.Read(buffer)) > 0;)
        {
            Write(buffer.AsSpan(0, read));
            Tail.Add(buffer.AsSpan(0, read));
        }

        pipe.Close();
        ended.TrySetResult();
    }

    // When nobody listens any more, the script may still go on.
    private static unsafe void Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (nint written = 0; written < bytes.Length;)
            {
                var more = Libc.Write(StandardError, start + written, (nuint)(bytes.Length - written));
                if (more < 0 && Marshal.GetLastPInvokeError() != Libc.Interrupted)
                {
                    return;
                }

                written += Math.Max(more, 0);
            }
        }
    }
}
