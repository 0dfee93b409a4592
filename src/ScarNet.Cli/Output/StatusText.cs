using System.Text.Json.Serialization;
using ScarNet.Aws.Status;

namespace ScarNet.Cli.Output;

/// <summary><c>local status</c> and the fields of its JSON.</summary>
internal sealed record StatusAnswer(
    string State, string Endpoint, int Pid, string Data, int Pending, int Running, int Failed, IReadOnlyList<FunctionCounts> Functions)
{
    public static StatusAnswer Of(EngineStatus status) => new(
        "running",
        status.Endpoint ?? "",
        status.Pid,
        status.Data ?? "",
        status.Pending,
        status.Running,
        status.Failed,
        [.. status.Functions.Select(FunctionCounts.Of)]);
}

/// <summary>How far a function is, in Lambda and Batch together. An invocation that was handed to a job counts once, as that job.</summary>
internal sealed record FunctionCounts(string Name, int Pending, int Running, int Succeeded, int Failed)
{
    /// <summary>Of <see cref="Pending"/>: jobs that never start as things are.</summary>
    [JsonIgnore]
    public int Stuck { get; init; }

    /// <summary>Of <see cref="Pending"/>: jobs that wait for other jobs.</summary>
    [JsonIgnore]
    public int Waiting { get; init; }

    public static FunctionCounts Of(FunctionStatus f)
    {
        var jobs = f.Batch ?? new JobCounts();
        var handedOver = jobs.Pending + jobs.Running + jobs.Succeeded + jobs.Failed;
        return new(
            f.Name,
            f.Pending + jobs.Pending,
            f.Running + jobs.Running,
            Math.Max(0, f.Succeeded - handedOver) + jobs.Succeeded,
            f.Failed + jobs.Failed)
        {
            Stuck = jobs.Stuck,
            Waiting = jobs.Waiting,
        };
    }
}

internal static class StatusText
{
    public static string Of(StatusAnswer status)
    {
        var head = $"engine   {status.Endpoint} (pid {status.Pid})\ndata     {status.Data}\n"
            + $"pending  {status.Pending}\nrunning  {status.Running}\nfailed   {status.Failed}";
        return status.Functions.Count == 0 ? head : head + "\n\n" + Columns.Of(
            ["FUNCTION", "PENDING", "RUNNING", "DONE", "FAILED"],
            status.Functions.Select(f => new[] { f.Name, $"{f.Pending}", $"{f.Running}", $"{f.Succeeded}", $"{f.Failed}" }));
    }
}
