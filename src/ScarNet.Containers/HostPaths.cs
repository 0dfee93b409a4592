namespace ScarNet.Containers;

/// <summary>Where directories of this container lie on the machine, which is what Docker must be told. Pure.</summary>
/// <param name="mounts">What of the machine is in this container.</param>
public sealed class HostPaths(IReadOnlyList<MountedPath> mounts)
{
    /// <summary>The machine's path of a directory here; null when it is not on anything of the machine's.</summary>
    /// <param name="path">Absolute, without links.</param>
    public string? Of(string path)
    {
        var mount = mounts
            .Where(mount => mount.Source.StartsWith('/') && mount.Destination.StartsWith('/') && Holds(mount.Destination.TrimEnd('/'), path))
            .MaxBy(mount => mount.Destination.TrimEnd('/').Length);
        return mount is null ? null : mount.Source.TrimEnd('/') + path[mount.Destination.TrimEnd('/').Length..];
    }

    private static bool Holds(string directory, string path) =>
        path.StartsWith(directory, StringComparison.Ordinal) && (path.Length == directory.Length || path[directory.Length] == '/');
}
