using System.Formats.Tar;

namespace ScarNet.Containers;

/// <summary>One container to run. It shares the host's network, so that 127.0.0.1 in it is the engine.</summary>
public sealed record ContainerSpec
{
    /// <summary>As <c>docker pull</c> takes it: <c>[registry/]name[:tag][@digest]</c>.</summary>
    public required string Image { get; init; }

    /// <summary>1 or more of letters, digits, '_', '.' and '-', unique on the machine; null is one that Docker makes up.</summary>
    public string? Name { get; init; }

    /// <summary>Null is the image's own.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>Null is the image's own.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Over the image's own. Never part of a command line; values may hold any character but NUL.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<ContainerMount> Mounts { get; init; } = [];

    /// <summary>Hard limit without swap, in bytes; null is none.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>CPUs as a share, as ECS gives them: a lone container may use more. Null is Docker's default.</summary>
    public decimal? Cpus { get; init; }

    /// <summary>CPUs that it never uses more of, no more than the machine has; null is no limit.</summary>
    public decimal? CpuLimit { get; init; }

    /// <summary><c>user[:group]</c>, by name or number; null is the image's own.</summary>
    public string? User { get; init; }

    public string? WorkingDirectory { get; init; }

    public bool Privileged { get; init; }

    public bool ReadOnlyRoot { get; init; }

    /// <summary>GPUs of NVIDIA's container runtime, whichever are free.</summary>
    public int Gpus { get; init; }

    /// <summary>These GPUs and no other, by the names NVIDIA's container runtime has for them; over <see cref="Gpus"/>.</summary>
    public IReadOnlyList<string> GpuDevices { get; init; } = [];

    /// <summary>Size of /dev/shm in bytes; null is Docker's default.</summary>
    public long? SharedMemoryBytes { get; init; }

    public IReadOnlyList<ContainerUlimit> Ulimits { get; init; } = [];

    /// <summary>By which leftovers are found; the engine adds <see cref="ContainerLabels.Engine"/>.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>What must be found in the container before it is started; null asks for nothing.</summary>
    public ContainerProof? Proof { get; init; }

    /// <summary>
    /// True keeps standard input open until the engine closes it or dies: SCARNET_LIFELINE. False gives the container no input.
    /// </summary>
    public bool Lifeline { get; init; }

    /// <summary>A file of this process's machine whose bytes are the container's standard input; not with <see cref="Lifeline"/>.</summary>
    public string? InputFile { get; init; }
}

/// <summary>A directory or file of the host in a container.</summary>
/// <param name="Source">Absolute, and it exists; a name without '/' is Docker's volume of that name; null is a new volume that goes with the container.</param>
/// <param name="Target">Absolute path in the container.</param>
/// <param name="ReadOnly">Whether the container may not write to it.</param>
public sealed record ContainerMount(string? Source, string Target, bool ReadOnly);

/// <summary>A file that shows that a mount is the directory it should be.</summary>
/// <param name="Path">Absolute path in the container.</param>
/// <param name="Content">What it must hold.</param>
public sealed record ContainerProof(string Path, ReadOnlyMemory<byte> Content)
{
    /// <summary>Whether a tar archive of the one file holds it.</summary>
    internal async Task<bool> IsIn(Stream archive, CancellationToken cancellation)
    {
        await using var tar = new TarReader(archive);
        if (await tar.GetNextEntryAsync(copyData: false, cancellation) is not { DataStream: { } data } || data.Length != Content.Length)
        {
            return false;
        }

        var found = new byte[Content.Length];
        await data.ReadExactlyAsync(found, cancellation);
        return Content.Span.SequenceEqual(found);
    }
}

/// <summary>A limit of setrlimit(2), such as <c>nofile</c>.</summary>
public sealed record ContainerUlimit(string Name, long Soft, long Hard);

/// <summary>Which of its two streams a container wrote to.</summary>
public enum ContainerChannel
{
    Output,
    Error,
}

/// <summary>Takes what a container writes, in order. The container waits while it is not done (back-pressure).</summary>
public delegate ValueTask ContainerOutput(ContainerChannel channel, ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

/// <summary>How a container ended.</summary>
/// <param name="ExitCode">128 + the signal when one ended it.</param>
/// <param name="OutOfMemory">The kernel killed a process of it at its memory limit.</param>
public sealed record ContainerExit(int ExitCode, bool OutOfMemory);

/// <summary>Labels that the engine and supervisors put on their containers.</summary>
public static class ContainerLabels
{
    /// <summary>The data directory of the engine that runs it.</summary>
    public const string Engine = "scarnet.engine";

    public const string Job = "scarnet.job";

    public const string Function = "scarnet.function";

    /// <summary>Id of the container whose supervisor runs this one: when that does not run any more, this one is an orphan.</summary>
    public const string Supervisor = "scarnet.supervisor";
}
