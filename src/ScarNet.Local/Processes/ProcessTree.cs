using System.Diagnostics;
using System.Text;
using ScarNet.Core.Jobs;

namespace ScarNet.Local.Processes;

/// <summary>
/// What a started process has become: itself, its group and session, all their descendants, and whoever carries its mark in the
/// environment. The mark finds those that have left the session and lost their parent.
/// </summary>
internal static class ProcessTree
{
    /// <summary>Environment variable with the mark. A supervisor hands it on to its script.</summary>
    public const string Marker = SupervisorVariables.Tree;

    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(10);

    /// <summary>The members of a tree. Pure, but for the marks, which are read where a process may carry one.</summary>
    /// <param name="table">All processes.</param>
    /// <param name="root">The first process, living or not; 0 when only the mark is known.</param>
    /// <param name="carriesMark">Whether a process carries the mark.</param>
    public static List<ProcessEntry> Members(IReadOnlyList<ProcessEntry> table, int root, Func<ProcessEntry, bool> carriesMark)
    {
        var children = table.ToLookup(p => p.Parent);
        var found = new Dictionary<int, ProcessEntry>();
        var next = new Stack<ProcessEntry>(table.Where(p =>
            (root > 0 && (p.Pid == root || p.Group == root || p.Session == root)) || carriesMark(p)));
        while (next.TryPop(out var member))
        {
            if (found.TryAdd(member.Pid, member))
            {
                foreach (var child in children[member.Pid])
                {
                    next.Push(child);
                }
            }
        }

        found.Remove(Environment.ProcessId);
        return [.. found.Values];
    }

    /// <summary>What the environment of a marked process holds.</summary>
    public static byte[] Mark(string mark) => Encoding.UTF8.GetBytes($"{Marker}={mark}");

    /// <summary>Ends every member, and those that they start meanwhile.</summary>
    /// <returns>False when some were still there after ten seconds (waiting in the kernel for a device, as a rule).</returns>
    public static async Task<bool> Kill(int root, Func<ProcessEntry, bool> carriesMark, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        for (var round = 0; Stopwatch.GetElapsedTime(started) < KillLimit; round++)
        {
            var members = Members(ProcessTable.Read(), root, carriesMark);
            if (members.Count == 0)
            {
                return true;
            }

            if (round == 0)
            {
                members.ForEach(p => Libc.Signal(p.Pid, Libc.SigStop)); // so that none forks while the others are being killed
            }

            members.ForEach(p => Libc.Signal(p.Pid, Libc.SigKill));
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(2 << round, 100)), cancellation);
        }

        return false;
    }
}
