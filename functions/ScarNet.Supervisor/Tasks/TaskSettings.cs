using ScarNet.Containers;
using ScarNet.Core.Tasks;

namespace ScarNet.Supervisor.Tasks;

/// <summary>How a task is carried out on this machine.</summary>
/// <param name="Workspace">Its directory, which only this user may enter.</param>
/// <param name="ReadOnlyRoot">Whether containers can write to shared places only.</param>
/// <param name="Output">Takes the executors' standard output, byte for byte.</param>
/// <param name="Error">Takes their standard error.</param>
internal sealed record TaskSettings(string Workspace, bool ReadOnlyRoot, Stream Output, Stream Error)
{
    /// <summary>Where directories of this container lie on the machine; null when the supervisor is in none.</summary>
    public HostPaths? Machine { get; init; }

    /// <summary>Of the containers, besides those of the task.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Hard limit of each container, where the task has none; null is no limit.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Share of each container; null is Docker's default.</summary>
    public decimal? Cpus { get; init; }

    /// <summary>Where an output goes of a task that failed or was ended; null keeps nothing of it.</summary>
    public Func<TesOutput, TesOutput?> OfFailure { get; init; } = output => output;
}
