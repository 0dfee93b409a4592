using System.Globalization;
using System.Runtime.InteropServices;

namespace ScarNet.Supervisor.Posix;

/// <summary>
/// The processes below this one. As a subreaper it becomes the parent of every descendant whose own parent has ended, so none gets away.
/// </summary>
internal static class Children
{
    /// <summary>Makes this process the parent of orphans among its descendants, as process 1 of a container is anyway.</summary>
    public static void Adopt()
    {
        if (Libc.ProcessControl(Libc.PrSetChildSubreaper, 1, 0, 0, 0) != 0)
        {
            throw new InvalidOperationException($"prctl(PR_SET_CHILD_SUBREAPER): {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>Every process below this one, ended but unreaped ones included.</summary>
    public static IReadOnlyList<int> Descendants()
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path.AsSpan()), NumberStyles.None, null, out var pid) ? pid : 0)
            .Where(pid => pid > 0)
            .Select(pid => (Pid: pid, Parent: ParentOf(pid)))
            .ToLookup(process => process.Parent, process => process.Pid);
        var found = new List<int>();
        var next = new Queue<int>([Environment.ProcessId]);
        while (next.TryDequeue(out var parent))
        {
            foreach (var child in children[parent])
            {
                found.Add(child);
                next.Enqueue(child);
            }
        }

        return found;
    }

    // The command's name, in parentheses, may hold anything, parentheses and spaces too. Source: proc(5), /proc/pid/stat.
    private static int ParentOf(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ', 3);
            return int.Parse(fields[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return -1; // it has ended meanwhile
        }
    }
}
