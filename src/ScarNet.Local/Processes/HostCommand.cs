namespace ScarNet.Local.Processes;

/// <summary>Takes bytes as a process writes them, in order, on the process's own pump thread. It must not wait for the process.</summary>
public delegate void OutputSink(ReadOnlySpan<byte> bytes);

/// <summary>A program to run on the host.</summary>
public sealed record HostCommand
{
    /// <summary>Absolute path, or a name looked up in the PATH of <see cref="Environment"/>.</summary>
    public required string File { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>All that it sees, besides the <see cref="ProcessTree.Marker"/>: nothing of the engine's own environment.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>An existing directory.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>True: its standard input is a pipe that ends when the engine does. False: its standard input is empty.</summary>
    public bool Lifeline { get; init; }

    /// <summary>Most memory that the tree may hold, in bytes of resident pages; null is no limit. See <see cref="MemoryWatch"/>.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>
    /// True: when the tree holds too much, only the largest process below the first is ended, and the first, a supervisor, can say what
    /// happened. False: all of it is ended.
    /// </summary>
    public bool OutlivesMemory { get; init; }

    /// <summary>Takes the standard output.</summary>
    public required OutputSink Output { get; init; }

    /// <summary>Takes the standard error.</summary>
    public required OutputSink Error { get; init; }

    /// <summary>Called before more output is read: blocks while the sinks' store is full, and so slows the process down.</summary>
    public Action? WaitForRoom { get; init; }
}
