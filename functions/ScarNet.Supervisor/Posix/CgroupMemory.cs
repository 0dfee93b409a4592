using System.Globalization;

namespace ScarNet.Supervisor.Posix;

/// <summary>
/// The memory of the control group that this process is in: the container's, the job's. Source: docs.kernel.org, admin-guide/cgroup-v2
/// and cgroup-v1/memory.
/// </summary>
/// <param name="events">The file that counts kills, in lines of a name and a number.</param>
/// <param name="limit">The file with the limit in bytes; a word or a huge number where there is none.</param>
internal sealed class CgroupMemory(string events, string limit)
{
    private const string Mount = "/sys/fs/cgroup";
    private const long BytesPerMiB = 1 << 20;
    private const long NoLimitBytes = 1L << 50;

    /// <summary>Null where the kernel does not say.</summary>
    public static CgroupMemory? Own()
    {
        try
        {
            return Own(File.ReadAllLines("/proc/self/cgroup"), File.Exists);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <param name="groups">Lines of /proc/self/cgroup: hierarchy, controllers, path.</param>
    /// <param name="exists">Whether there is such a file.</param>
    internal static CgroupMemory? Own(IEnumerable<string> groups, Func<string, bool> exists)
    {
        foreach (var group in groups.Select(line => line.Split(':', 3)).Where(parts => parts.Length == 3))
        {
            var (root, events, limit) = (group[0], group[1].Split(',').Contains("memory")) switch
            {
                ("0", _) => (Mount, "memory.events", "memory.max"),
                (_, true) => (Mount + "/memory", "memory.oom_control", "memory.limit_in_bytes"),
                _ => default,
            };

            // Inside a container the path may be the host's, while only the container's own part of the tree is there.
            foreach (var directory in root is null ? [] : new[] { root + group[2].TrimEnd('/'), root })
            {
                if (exists($"{directory}/{events}"))
                {
                    return new($"{directory}/{events}", $"{directory}/{limit}");
                }
            }
        }

        return null;
    }

    /// <summary>How many processes the kernel has killed for memory so far; null when it does not say.</summary>
    public long? Kills() => Read(events)?.Split('\n')
        .Where(line => line.StartsWith("oom_kill ", StringComparison.Ordinal))
        .Select(line => long.TryParse(line.AsSpan("oom_kill ".Length), CultureInfo.InvariantCulture, out var kills) ? kills : (long?)null)
        .FirstOrDefault();

    /// <summary>MiB there are; null when there is no limit.</summary>
    public long? LimitMiB() => long.TryParse(Read(limit), CultureInfo.InvariantCulture, out var bytes) && bytes < NoLimitBytes ? bytes / BytesPerMiB : null;

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
