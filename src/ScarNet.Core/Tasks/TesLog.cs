namespace ScarNet.Core.Tasks;

/// <summary>What became of a task.</summary>
/// <param name="Start">When its inputs began to be fetched.</param>
public sealed record TesLog(DateTimeOffset Start)
{
    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>One for each executor that was started.</summary>
    public IReadOnlyList<TesExecutorLog> Executors { get; init; } = [];

    public IReadOnlyList<TesOutputLog> Outputs { get; init; } = [];

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>What went wrong around the commands, and what the user should know.</summary>
    public IReadOnlyList<string> SystemLogs { get; init; } = [];
}

/// <summary>What became of one executor.</summary>
/// <param name="Start">When its container was asked for.</param>
public sealed record TesExecutorLog(DateTimeOffset Start)
{
    /// <summary>Most bytes of a stream that a log keeps, its end.</summary>
    public const int TailBytes = 10 * 1024;

    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>The end of it; bytes that are no UTF-8 are replaced.</summary>
    public string Stdout { get; init; } = "";

    /// <inheritdoc cref="Stdout"/>
    public string Stderr { get; init; } = "";

    /// <summary>Null when the container did not run to its end.</summary>
    public int? ExitCode { get; init; }
}

/// <summary>A file that was brought away.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Path">In the container.</param>
/// <param name="SizeBytes">Its size.</param>
public sealed record TesOutputLog(string Url, string Path, long SizeBytes);
