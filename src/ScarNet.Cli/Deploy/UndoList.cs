namespace ScarNet.Cli.Deploy;

/// <summary>How to undo what a run has created, in the order of its creation. Thread-safe.</summary>
internal sealed class UndoList
{
    private readonly Lock gate = new();
    private readonly List<Entry> entries = [];

    public Entry Add(Step step, Func<CancellationToken, Task> undo)
    {
        var entry = new Entry(step, undo);
        lock (gate)
        {
            entries.Add(entry);
        }

        return entry;
    }

    public void Remove(Entry entry)
    {
        lock (gate)
        {
            entries.Remove(entry);
        }
    }

    /// <summary>Takes the newest one out; null when there is none left.</summary>
    public Entry? Take()
    {
        lock (gate)
        {
            if (entries.Count == 0)
            {
                return null;
            }

            var newest = entries[^1];
            entries.RemoveAt(entries.Count - 1);
            return newest;
        }
    }

    /// <summary>One thing.</summary>
    /// <param name="step">What creates it.</param>
    /// <param name="undo">Takes it away.</param>
    internal sealed class Entry(Step step, Func<CancellationToken, Task> undo)
    {
        public Step Step { get; } = step;

        public Task Undo(CancellationToken cancellation) => undo(cancellation);
    }
}
