namespace ScarNet.Core.Jobs;

/// <summary>What the containers of a function's GA4GH task get where the task itself does not say.</summary>
/// <param name="Vcpus">Their share.</param>
/// <param name="MemoryMiB">Their hard limit, each.</param>
/// <param name="ReadOnlyRoot">Whether they can write to the places the task shares, and nowhere else.</param>
public sealed record TaskSpec(decimal Vcpus, int MemoryMiB, bool ReadOnlyRoot);
