using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Batch;

/// <summary>What one round of the scheduler has decided.</summary>
/// <param name="Starts">Jobs that have a place now.</param>
/// <param name="Never">Jobs that can never run as things are, with the new statusReason.</param>
internal sealed record DispatchRound(IReadOnlyList<Start> Starts, IReadOnlyList<(string JobId, string Reason)> Never);

internal sealed record Start(string JobId, string Environment, int MilliCpus);

/// <summary>
/// Chooses among the RUNNABLE jobs: queues by priority, in a queue the oldest first. A job that has to wait for virtual CPUs holds up
/// those behind it that would take them, so that small jobs do not starve a large one; a job that can never run does not.
/// </summary>
internal static class Dispatch
{
    public const int MostStarts = 64;

    /// <param name="connection">To read from.</param>
    /// <param name="machineMilliCpus">What this engine gives to Batch.</param>
    /// <param name="used">Taken by running jobs, by compute environment.</param>
    public static DispatchRound Decide(SqliteConnection connection, int machineMilliCpus, IReadOnlyDictionary<string, int> used)
    {
        var starts = new List<Start>();
        var never = new List<(string, string)>();
        var reserved = new HashSet<string>();
        var taken = new Dictionary<string, int>(used);
        var environments = Resources.ComputeEnvironments.List(connection, 0, int.MaxValue)
            .ToDictionary(entry => entry.Document.Required("computeEnvironmentName"), entry => entry.Document);
        var queues = Resources.Queues.List(connection, 0, int.MaxValue)
            .OrderByDescending(queue => queue.Document.Integer("priority")).ThenBy(queue => queue.Position);
        foreach (var (_, queue) in queues)
        {
            var order = JobQueues.EnvironmentsOf(queue).Where(environments.ContainsKey).ToList();
            foreach (var (id, milliCpus, reason) in Runnable(connection, queue.Required("jobQueueName")))
            {
                var capacities = order.ConvertAll(name => CapacityOf(name, environments[name], machineMilliCpus, taken, reserved));
                var free = machineMilliCpus - taken.Values.Sum();
                var placement = Placement.Decide(milliCpus, capacities, machineMilliCpus, free);
                if (placement.Environment is { } chosen)
                {
                    starts.Add(new Start(id, chosen, milliCpus));
                    taken[chosen] = taken.GetValueOrDefault(chosen) + milliCpus;
                    if (starts.Count == MostStarts)
                    {
                        return new DispatchRound(starts, never);
                    }
                }
                else if (placement.Never is null && free < milliCpus)
                {
                    return new DispatchRound(starts, never); // what is left is kept for this job
                }
                else if (placement.Never is null)
                {
                    reserved.UnionWith(order); // what becomes free there is this job's, also before queues of lower priority
                    break;
                }
                else if (placement.Never != reason)
                {
                    never.Add((id, placement.Never));
                }
            }
        }

        return new DispatchRound(starts, never);
    }

    private static Capacity CapacityOf(
        string name, JsonObject document, int machineMilliCpus, Dictionary<string, int> taken, HashSet<string> reserved)
    {
        var most = document.Object("computeResources")?.Integer("maxvCpus") is { } cpus
            ? (int)Math.Min(cpus * 1000L, int.MaxValue)
            : machineMilliCpus;
        return new Capacity(name, document.Text("state") == "ENABLED", most, reserved.Contains(name) ? most : taken.GetValueOrDefault(name));
    }

    private static IEnumerable<(string Id, int MilliCpus, string? Reason)> Runnable(SqliteConnection connection, string queue)
    {
        using var command = connection.Command(
            "SELECT id, milli_cpus, reason FROM batch_jobs WHERE queue = $queue AND status = 2 ORDER BY seq", ("$queue", queue));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return (reader.GetString(0), reader.GetInt32(1), reader.TextOrNull(2));
        }
    }
}
