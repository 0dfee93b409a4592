using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ScarNet.Local.Batch;
using ScarNet.Local.Lambda;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Status;

/// <summary>What one function is doing.</summary>
internal sealed record FunctionCounts(string Name, int Pending, int Running, int Succeeded, int Failed, JobCounts Batch);

/// <summary>What the engine is doing, at one moment.</summary>
internal sealed record StatusSnapshot(
    string Endpoint, int Pid, string Data, IReadOnlyList<FunctionCounts> Counts, IReadOnlyList<Failure> LastFailures, IReadOnlyList<StuckJob> Stuck)
{
    private static readonly JobCounts NoJobs = new(null, 0, 0, 0, 0);

    public long Pending => Counts.Sum(f => f.Pending + f.Batch.Pending);

    public long Running => Counts.Sum(f => f.Running + f.Batch.Running);

    public long Failed => Counts.Sum(f => f.Failed + f.Batch.Failed);

    /// <summary>Nothing will happen any more unless somebody asks for it.</summary>
    public bool Idle => Pending + Running == 0;

    /// <summary>Another one for other counts: what somebody who waits has seen.</summary>
    public string Mark { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Counts))));

    /// <summary>Puts the parts together: every function that exists or has something to count. Jobs of none go by the empty name.</summary>
    public static IReadOnlyList<FunctionCounts> Functions(
        IEnumerable<string> names,
        IReadOnlyDictionary<string, (int Pending, int Running)> asynchronous,
        IReadOnlyDictionary<string, int> synchronous,
        IReadOnlyList<(string Function, int Succeeded, int Failed)> outcomes,
        IReadOnlyList<JobCounts> jobs)
    {
        var ended = outcomes.ToDictionary(o => o.Function);
        var batch = jobs.ToDictionary(j => j.Function ?? "");
        return [.. names.Union(asynchronous.Keys).Union(synchronous.Keys).Union(ended.Keys).Union(batch.Keys)
            .OrderBy(name => name, StringComparer.Ordinal)
            .Select(name =>
            {
                var (pending, running) = asynchronous.GetValueOrDefault(name);
                var (_, succeeded, failed) = ended.GetValueOrDefault(name);
                return new FunctionCounts(
                    name, pending, running + synchronous.GetValueOrDefault(name), succeeded, failed, batch.GetValueOrDefault(name) ?? NoJobs);
            })];
    }

    public JsonObject ToJson() => new()
    {
        ["endpoint"] = Endpoint,
        ["pid"] = Pid,
        ["data"] = Data,
        ["mark"] = Mark,
        ["pending"] = Pending,
        ["running"] = Running,
        ["failed"] = Failed,
        ["functions"] = JsonOutput.List(Counts.Select(f => new JsonObject
        {
            ["name"] = f.Name,
            ["pending"] = f.Pending,
            ["running"] = f.Running,
            ["succeeded"] = f.Succeeded,
            ["failed"] = f.Failed,
            ["batch"] = new JsonObject
            {
                ["pending"] = f.Batch.Pending,
                ["running"] = f.Batch.Running,
                ["succeeded"] = f.Batch.Succeeded,
                ["failed"] = f.Batch.Failed,
                ["waiting"] = f.Batch.Waiting,
                ["stuck"] = f.Batch.Stuck,
            },
        })),
        ["stuck"] = JsonOutput.List(Stuck.Select(job => new JsonObject
        {
            ["function"] = job.Function ?? "",
            ["jobId"] = job.JobId,
            ["jobName"] = job.Name,
            ["reason"] = job.Reason,
        })),
        ["failures"] = JsonOutput.List(LastFailures.Select(f => new JsonObject
        {
            ["function"] = f.Function,
            ["requestId"] = f.RequestId,
            ["reason"] = f.Reason,
            ["time"] = $"{DateTimeOffset.FromUnixTimeMilliseconds(f.TimeMs).UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}",
        })),
    };
}
