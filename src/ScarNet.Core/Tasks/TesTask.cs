namespace ScarNet.Core.Tasks;

/// <summary>
/// A task of the GA4GH Task Execution Schemas 1.1: files in, containers one after the other, files out. What a server sets (id, state,
/// creation_time, logs) is no part of it. Paths are normalized: absolute, no '.', no '..', no '/' at the end.
/// Source: ga4gh.github.io/task-execution-schemas/docs/
/// </summary>
public sealed record TesTask
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<TesInput> Inputs { get; init; } = [];

    public IReadOnlyList<TesOutput> Outputs { get; init; } = [];

    /// <summary>One or more, run in this order.</summary>
    public required IReadOnlyList<TesExecutor> Executors { get; init; }

    /// <summary>Directories, empty at the start, that the executors share.</summary>
    public IReadOnlyList<string> Volumes { get; init; } = [];

    /// <summary>In the order of the file.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public TesResources? Resources { get; init; }
}

/// <summary>What a URL or a path of a task stands for.</summary>
public enum TesFileType
{
    File,
    Directory,
}

/// <summary>A file or directory that is there before the first executor starts.</summary>
/// <param name="Path">In the container.</param>
public sealed record TesInput(string Path)
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Where it comes from; null when <see cref="Content"/> is given.</summary>
    public string? Url { get; init; }

    public TesFileType Type { get; init; }

    /// <summary>The file itself, over any URL; null when it comes from one.</summary>
    public string? Content { get; init; }

    /// <summary>A hint that is not used: a file is always brought whole.</summary>
    public bool Streamable { get; init; }
}

/// <summary>A file or directory that is brought away at the end.</summary>
/// <param name="Url">Where to; with wildcards, the directory that the matches go below.</param>
/// <param name="Path">In the container; wildcards are those of a shell.</param>
public sealed record TesOutput(string Url, string Path)
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>What is cut off the paths of matches; not null when <see cref="Path"/> has wildcards.</summary>
    public string? PathPrefix { get; init; }

    public TesFileType Type { get; init; }

    public bool HasWildcards => PathPattern.HasWildcards(Path);
}

/// <summary>One container.</summary>
/// <param name="Image">As <c>docker pull</c> takes it.</param>
/// <param name="Command">The program and its arguments; no shell sees them.</param>
public sealed record TesExecutor(string Image, IReadOnlyList<string> Command)
{
    /// <summary>Null is the image's own.</summary>
    public string? Workdir { get; init; }

    /// <summary>A file in the container that is its standard input.</summary>
    public string? Stdin { get; init; }

    /// <summary>A file in the container that its standard output is written to.</summary>
    public string? Stdout { get; init; }

    /// <inheritdoc cref="Stdout"/>
    public string? Stderr { get; init; }

    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the next executor runs, and the task may succeed, although this one failed.</summary>
    public bool IgnoreError { get; init; }
}

/// <summary>What a task asks for. CPUs and memory are limits of each container.</summary>
public sealed record TesResources
{
    /// <summary>1 or more; null is no limit.</summary>
    public int? CpuCores { get; init; }

    public bool Preemptible { get; init; }

    /// <summary>In gigabytes of 10^9 bytes; null is no limit.</summary>
    public double? RamGb { get; init; }

    /// <summary>Free space that there must be at the start, in gigabytes of 10^9 bytes.</summary>
    public double? DiskGb { get; init; }

    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>Settings of one server or another; none is known here.</summary>
    public IReadOnlyDictionary<string, string> BackendParameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a setting that is not known is an error.</summary>
    public bool BackendParametersStrict { get; init; }

    public long? MemoryBytes => RamGb is { } gigabytes ? (long)(gigabytes * 1e9) : null;
}
