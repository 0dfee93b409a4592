using System.Globalization;
using System.Text;

namespace ScarNet.Local.Processes;

/// <summary>One process as /proc shows it.</summary>
/// <param name="Pid">Its id.</param>
/// <param name="Parent">Id of its parent; 1 (or a subreaper) once that is gone.</param>
/// <param name="Group">Its process group.</param>
/// <param name="Session">Its session.</param>
/// <param name="Started">Clock ticks after the machine's start: with the id it tells a process from a later one of the same id.</param>
/// <param name="ResidentBytes">Its resident pages, shared ones included.</param>
internal sealed record ProcessEntry(int Pid, int Parent, int Group, int Session, long Started, long ResidentBytes);

/// <summary>Every living process of the machine at one moment, zombies left out.</summary>
internal static class ProcessTable
{
    private const int StatLimit = 1024;

    public static List<ProcessEntry> Read()
    {
        var entries = new List<ProcessEntry>(256);
        var buffer = new byte[StatLimit];
        foreach (var path in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(path.AsSpan()), NumberStyles.None, null, out var pid)
                && Read(pid, buffer) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    /// <summary>One process, or null when it has ended.</summary>
    public static ProcessEntry? Read(int pid) => Read(pid, new byte[StatLimit]);

    /// <summary>Whether the environment that a process was started with holds a text.</summary>
    public static bool EnvironmentHolds(int pid, ReadOnlySpan<byte> text)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{pid}/environ").AsSpan().IndexOf(text) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // gone, or another user's
        }
    }

    /// <summary>Resident bytes in which shared pages count by their share; null when that cannot be read.</summary>
    public static long? ProportionalBytes(int pid) => KilobytesOf($"/proc/{pid}/smaps_rollup", "Pss:");

    /// <summary>Most resident bytes that a process has had; null when it has ended.</summary>
    public static long? PeakBytes(int pid) => KilobytesOf($"/proc/{pid}/status", "VmHWM:");

    private static long? KilobytesOf(string file, string name)
    {
        try
        {
            var line = File.ReadLines(file).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
            return line is null ? null : long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim()) * 1024;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ProcessEntry? Read(int pid, byte[] buffer)
    {
        try
        {
            using var file = File.OpenHandle($"/proc/{pid}/stat");
            var length = RandomAccess.Read(file, buffer, 0);
            return Parse(pid, Encoding.Latin1.GetString(buffer, 0, length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // it ended meanwhile
        }
    }

    /// <summary>Source: proc(5). The name, in brackets, may hold anything; what follows its last bracket is numbers.</summary>
    internal static ProcessEntry? Parse(int pid, string stat)
    {
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length < 22 || fields[0] is "Z" or "X"
            ? null
            : new ProcessEntry(
                pid,
                int.Parse(fields[1]),
                int.Parse(fields[2]),
                int.Parse(fields[3]),
                long.Parse(fields[19]),
                long.Parse(fields[21]) * Environment.SystemPageSize);
    }
}
