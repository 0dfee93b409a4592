namespace ScarNet.Local.Storage;

/// <summary>
/// Writes that wait for the writer's thread. That one blocks on a monitor, because a channel's wait would spin and take the processor
/// from the requests it waits for. Nothing bounds it but its users: each of them waits for its own write. Thread-safe.
/// </summary>
internal sealed class WriteQueue
{
#pragma warning disable MA0158 // Monitor.Wait needs an object that is no Lock
    private readonly object gate = new();
#pragma warning restore MA0158
    private readonly Queue<IPendingWrite> waiting = [];
    private bool closed;

    /// <exception cref="ObjectDisposedException">The database is closed.</exception>
    public void Add(IPendingWrite write)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, typeof(Database));
            waiting.Enqueue(write);
            if (waiting.Count == 1)
            {
                Monitor.Pulse(gate);
            }
        }
    }

    /// <summary>Waits for writes and moves as many as there are, but not more than <paramref name="most"/>, to the batch.</summary>
    /// <returns>False when it is closed and empty.</returns>
    public bool Take(List<IPendingWrite> batch, int most)
    {
        lock (gate)
        {
            while (waiting.Count == 0)
            {
                if (closed)
                {
                    return false;
                }

                Monitor.Wait(gate);
            }

            while (batch.Count < most && waiting.TryDequeue(out var write))
            {
                batch.Add(write);
            }

            return true;
        }
    }

    /// <summary>Takes no more; what is in it is still written.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
            Monitor.PulseAll(gate);
        }
    }
}
