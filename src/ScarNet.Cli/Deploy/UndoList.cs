using System.Security.Cryptography;

namespace ScarNet.Cli.Deploy;

/// <summary>How to undo what a run has created, in the order of its creation. Thread-safe.</summary>
internal sealed class UndoList
{
    private readonly Lock gate = new();
    private readonly List<Entry> entries = [];
    private readonly HashSet<string> adopted = [];

    /// <summary>As long as the name of a run, and none.</summary>
    public const string NoRun = "0000000000000000";

    /// <summary>Names the run.</summary>
    public string Run { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NoRun.Length / 2));

    /// <summary>What it has put into buckets: that goes with a bucket that it has made.</summary>
    public PutObjects Put { get; } = new();

    /// <summary>
    /// Another run made this function. Of what hangs on it nothing is undone, also what this run has made of it before; nor of what is for all
    /// functions (buckets and what is in them): the other counts on it.
    /// </summary>
    public void Adopt(string function)
    {
        lock (gate)
        {
            adopted.Add(function);
            entries.RemoveAll(entry => IsAdopted(entry.Step));
        }
    }

    public Entry Add(Step step, Func<CancellationToken, Task> undo)
    {
        var entry = new Entry(step, undo);
        lock (gate)
        {
            if (!IsAdopted(step))
            {
                entries.Add(entry);
            }
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

    private bool IsAdopted(Step step) => step.Function is null ? adopted.Count > 0 : adopted.Contains(step.Function);

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
