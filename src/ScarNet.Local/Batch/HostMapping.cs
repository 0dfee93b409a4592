using ScarNet.Core;

namespace ScarNet.Local.Batch;

/// <summary>A container's command for a process of this machine: paths below a mount point are where the volume lies here.</summary>
internal static class HostMapping
{
    /// <param name="command">The job's.</param>
    /// <param name="mounts">The job's.</param>
    /// <param name="locate">Place of a volume on this machine.</param>
    /// <exception cref="ScarException">There is no command.</exception>
    public static IReadOnlyList<string> Command(
        IReadOnlyList<string> command, IReadOnlyList<VolumeMount> mounts, Func<VolumeMount, string> locate)
    {
        if (command.Count == 0)
        {
            throw new ScarException(
                "the job has no command, and on this machine there is no image that would have one",
                "give the job definition a command, or run the engine with containers");
        }

        // The longest mount point first: it lies inside the shorter ones.
        var places = mounts.OrderByDescending(mount => mount.ContainerPath.Length)
            .Select(mount => (Point: mount.ContainerPath.TrimEnd('/'), Place: locate(mount)))
            .ToList();
        return [.. command.Select(argument => Map(argument, places))];
    }

    private static string Map(string argument, List<(string Point, string Place)> places)
    {
        foreach (var (point, place) in places)
        {
            if (argument == point || argument.StartsWith(point + "/", StringComparison.Ordinal))
            {
                return place + argument[point.Length..];
            }
        }

        return argument;
    }
}
