namespace ScarNet.Containers;

/// <summary>A container as Docker knows it.</summary>
/// <param name="Id">64 hexadecimal digits.</param>
/// <param name="Running">Whether its first process lives.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Mounts">What of the machine is in it.</param>
/// <param name="MemoryBytes">Its hard limit; null is none.</param>
/// <param name="CpuShares">Its weight, 1,024 for each CPU; null is Docker's default.</param>
public sealed record ContainerDetails(
    string Id, bool Running, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<MountedPath> Mounts, long? MemoryBytes, long? CpuShares);

/// <summary>One entry of a list of containers.</summary>
/// <param name="Id">64 hexadecimal digits.</param>
/// <param name="Labels">Its labels.</param>
public sealed record ListedContainer(string Id, IReadOnlyDictionary<string, string> Labels);

/// <summary>A directory or file of the machine in a container.</summary>
/// <param name="Source">Its path on the machine.</param>
/// <param name="Destination">Its path in the container.</param>
public sealed record MountedPath(string Source, string Destination);
