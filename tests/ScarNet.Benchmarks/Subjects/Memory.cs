using System.Globalization;

namespace ScarNet.Benchmarks.Subjects;

/// <summary>Resident memory of a process, as the kernel counts it.</summary>
internal static class Memory
{
    public static long ResidentBytes(int pid) => Read(pid, "VmRSS:");

    public static long PeakBytes(int pid) => Read(pid, "VmHWM:");

    /// <summary>Starts the peak anew from what is resident now. Source: proc(5), /proc/pid/clear_refs.</summary>
    public static void ResetPeak(int pid) => File.WriteAllText($"/proc/{pid}/clear_refs", "5");

    private static long Read(int pid, string field)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024;
    }
}
