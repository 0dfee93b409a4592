using Microsoft.Win32.SafeHandles;

namespace ScarNet.Local.Processes;

/// <summary>
/// Reads a process's two pipes on a thread of its own. The thread only takes bytes out of a pipe while it holds the lock, so
/// <see cref="Drain"/> can promise that everything written before it was called has reached the sinks.
/// </summary>
internal sealed class OutputPump
{
    private const int BufferBytes = 64 * 1024;
    private const int StackBytes = 256 * 1024;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private readonly byte[] buffer = new byte[BufferBytes];
    private readonly SafePipeHandle[] handles;
    private readonly OutputSink[] sinks;
    private readonly bool[] ended = new bool[2];
    private readonly Action? waitForRoom;
    private readonly TaskCompletionSource completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? failure;
    private volatile bool stopping;

    public OutputPump(SafePipeHandle output, SafePipeHandle error, HostCommand command)
    {
        handles = [output, error];
        sinks = [command.Output, command.Error];
        waitForRoom = command.WaitForRoom;
    }

    /// <summary>Ends when both pipes have, or after <see cref="Stop"/>. Fails when a sink did.</summary>
    public Task Completed => completed.Task;

    public void Start() => new Thread(Run, StackBytes) { IsBackground = true, Name = "process output" }.Start();

    /// <summary>Hands on all that the process has written so far.</summary>
    public void Drain()
    {
        lock (gate)
        {
            for (var i = 0; i < handles.Length && !completed.Task.IsCompleted; i++)
            {
                var left = ended[i] ? 0 : Libc.Waiting(Descriptor(i));
                while (left > 0 && Take(i, Math.Min(left, BufferBytes)) is > 0 and var taken)
                {
                    left -= taken;
                }
            }
        }
    }

    /// <summary>Stops reading once nothing more is there, though somebody may still hold the pipes open.</summary>
    public void Stop() => stopping = true;

    private int Descriptor(int index) => ended[index] ? -1 : (int)handles[index].DangerousGetHandle();

    private void Run()
    {
        try
        {
            while (!(ended[0] && ended[1]))
            {
                waitForRoom?.Invoke();
                var (first, second) = Libc.WaitReadable(Descriptor(0), Descriptor(1), stopping ? TimeSpan.Zero : Tick);
                if (!first && !second && stopping)
                {
                    break;
                }

                lock (gate)
                {
                    TakeReadable(0, first);
                    TakeReadable(1, second);
                }
            }
        }
        catch (Exception e)
        {
            failure ??= e;
        }

        lock (gate)
        {
            Complete(); // the pipes may be closed from now on
        }
    }

    private void Complete()
    {
        if (failure is { } e)
        {
            completed.SetException(e);
        }
        else
        {
            completed.SetResult();
        }
    }

    private void TakeReadable(int index, bool readable)
    {
        // Drain may have emptied the pipe since it was seen to be readable: a read would then wait.
        if (readable && !ended[index] && (Libc.Waiting(Descriptor(index)) > 0 || AtEnd(index)))
        {
            Take(index, BufferBytes);
        }
    }

    private bool AtEnd(int index) => Libc.WaitReadable(Descriptor(index), -1, TimeSpan.Zero).First;

    private int Take(int index, int most)
    {
        var read = Libc.Read(Descriptor(index), buffer.AsSpan(0, most));
        if (read == 0)
        {
            ended[index] = true;
            return 0;
        }

        try
        {
            if (failure is null)
            {
                sinks[index](buffer.AsSpan(0, read));
            }
        }
        catch (Exception e)
        {
            failure = e; // what follows is read and dropped, so that the process does not wait for ever; Completed tells
        }

        return read;
    }
}
