using ScarNet.Local.Status;

namespace ScarNet.Local.Lambda;

/// <summary>Counts the synchronous invocations under way. Thread-safe.</summary>
internal sealed class SynchronousCalls(Activity activity)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> running = new(StringComparer.Ordinal);
    private long begun;

    /// <summary>How many have begun since the start: tells a reader that more came while it looked.</summary>
    public long Begun => Interlocked.Read(ref begun);

    /// <summary>Counts one until it is disposed.</summary>
    public IDisposable Begin(string function)
    {
        lock (gate)
        {
            begun++;
            running[function] = running.GetValueOrDefault(function) + 1;
        }

        activity.Changed();
        return new Call(this, function);
    }

    public Dictionary<string, int> Running()
    {
        lock (gate)
        {
            return new Dictionary<string, int>(running, StringComparer.Ordinal);
        }
    }

    private void End(string function)
    {
        lock (gate)
        {
            if (--running[function] == 0)
            {
                running.Remove(function);
            }
        }

        activity.Changed();
    }

    private sealed class Call(SynchronousCalls calls, string function) : IDisposable
    {
        public void Dispose() => calls.End(function);
    }
}
