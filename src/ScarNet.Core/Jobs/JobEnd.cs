using System.Text.Json;
using ScarNet.Core.Events;

namespace ScarNet.Core.Jobs;

/// <summary>
/// How AWS Batch says that a job has ended, in an event "Batch Job State Change". Source:
/// docs.aws.amazon.com/batch/latest/userguide/batch_job_events.html
/// </summary>
public sealed record JobEnd
{
    private const string DetailType = "Batch Job State Change";

    public required string JobId { get; init; }

    public required string JobName { get; init; }

    /// <summary>ARN of the queue; empty when it was not said.</summary>
    public string Queue { get; init; } = "";

    /// <summary>Whether it failed for good; else it succeeded.</summary>
    public required bool Failed { get; init; }

    /// <summary>Batch's own words, as one line; null when it said nothing.</summary>
    public string? Reason { get; init; }

    /// <summary>Of the last attempt; null when nothing was run.</summary>
    public int? ExitCode { get; init; }

    /// <summary>How often it was tried: at least 1, also when it never came to a machine.</summary>
    public int Attempts { get; init; } = 1;

    public string? LogStream { get; init; }

    /// <summary>When it was submitted.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When its last attempt began; null when none did.</summary>
    public DateTimeOffset? Started { get; init; }

    public required DateTimeOffset Ended { get; init; }

    /// <summary>Its place among the children of an array; null when it is none.</summary>
    public int? ArrayIndex { get; init; }

    /// <summary>Number of its children, when it is an array: the work is theirs, and each has an end of its own.</summary>
    public int? ArraySize { get; init; }

    /// <summary>Environment of the container that holds the supervisor.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Null when the event is no end of a job.</summary>
    public static JobEnd? Of(JsonElement e)
    {
        if (e.TextOf("source") != "aws.batch" || e.TextOf("detail-type") != DetailType || e.Member("detail") is not { } job
            || job.TextOf("jobId") is not { } jobId || job.TextOf("status") is not (("FAILED" or "SUCCEEDED") and var status))
        {
            return null;
        }

        var told = e.TimeOf("time") ?? DateTimeOffset.UnixEpoch;
        var attempts = job.ListOf("attempts")?.ToList() ?? [];
        var last = attempts.Count > 0 ? attempts[^1] : default;
        var containers = JobContainers.Of(job, last);
        return new()
        {
            JobId = jobId,
            JobName = job.TextOf("jobName") ?? "",
            Queue = job.TextOf("jobQueue") ?? "",
            Failed = status == "FAILED",
            Reason = ReasonOf(job.TextOf("statusReason") ?? last.TextOf("statusReason"), containers.Reason),
            ExitCode = containers.ExitCode,
            Attempts = Math.Max(1, attempts.Count),
            LogStream = containers.LogStream,
            Created = Time(job, "createdAt") ?? told,
            Started = Time(last, "startedAt") ?? Time(job, "startedAt"),
            Ended = Time(job, "stoppedAt") ?? told,
            ArrayIndex = (int?)job.Member("arrayProperties")?.NumberOf("index"),
            ArraySize = (int?)job.Member("arrayProperties")?.NumberOf("size"),
            Variables = containers.Variables,
        };
    }

    private static DateTimeOffset? Time(JsonElement element, string name) =>
        element.NumberOf(name) is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    private static string? ReasonOf(string? status, string? container)
    {
        var said = new[] { status, container }.OfType<string>().Select(text => text.ReplaceLineEndings(" ").Trim()).Distinct().ToArray();
        return said.Length == 0 ? null : string.Join(": ", said);
    }
}
