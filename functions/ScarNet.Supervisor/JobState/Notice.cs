using System.Globalization;
using ScarNet.Aws.Sns.Model;
using ScarNet.Core.Events;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.JobState;

/// <summary>What subscribers are told of a job's end. They filter by the attributes, which say the same.</summary>
internal sealed record Notice
{
    public required string Status { get; init; }

    public required string Function { get; init; }

    public required string Pipeline { get; init; }

    public required string JobId { get; init; }

    public required string JobName { get; init; }

    public required string Queue { get; init; }

    public string? InvocationId { get; init; }

    public string? Source { get; init; }

    public int? ExitCode { get; init; }

    public string? Reason { get; init; }

    public string? LogStream { get; init; }

    public int? ArraySize { get; init; }

    public static Notice Of(JobEnd end, JobSpec spec, BatchEvent? work) => new()
    {
        Status = end.Failed ? "FAILED" : "SUCCEEDED",
        Function = spec.Function,
        Pipeline = spec.Pipeline,
        JobId = end.JobId,
        JobName = end.JobName,
        Queue = end.Queue[(end.Queue.LastIndexOf('/') + 1)..],
        InvocationId = end.ArraySize is null ? JobAftermath.InvocationOf(end, spec, work) : null,
        Source = work?.Object?.Object.ToString(),
        ExitCode = end.ExitCode,
        Reason = end.Reason,
        LogStream = end.LogStream,
        ArraySize = end.ArraySize,
    };

    /// <summary>Attributes of the message; SNS takes no empty ones.</summary>
    public static Dictionary<string, MessageAttributeValue> Attributes(Notice notice, ObjectPath? source)
    {
        (string Name, string? Value)[] texts =
        [
            ("status", notice.Status), ("function", notice.Function), ("pipeline", notice.Pipeline), ("queue", notice.Queue),
            ("source_bucket", source?.Bucket), ("source_key", source?.Key),
        ];
        var attributes = texts.Where(text => text.Value is { Length: > 0 }).ToDictionary(
            text => text.Name, text => new MessageAttributeValue { DataType = "String", StringValue = text.Value });
        if (notice.ExitCode is { } code)
        {
            attributes["exit_code"] = new() { DataType = "Number", StringValue = code.ToString(CultureInfo.InvariantCulture) };
        }

        return attributes;
    }
}
