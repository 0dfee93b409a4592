namespace ScarNet.Core.Events;

/// <summary>One record of a payload: an object to work on, something to pass over, or something that cannot be understood.</summary>
/// <param name="Event">The created object; null when one of the other two says why there is none.</param>
/// <param name="Skipped">Why there is nothing to do, as one line.</param>
/// <param name="Problem">What is wrong with the record, as one line: the others are worked on, then the invocation fails.</param>
/// <param name="Raw">The record as the script's EVENT variable shows it: JSON with this record only.</param>
/// <param name="TaskId">The task of S3 Batch Operations that the record came from.</param>
public sealed record ReceivedRecord(ObjectEvent? Event, string? Skipped, string? Problem, string Raw, string? TaskId = null)
{
    public static ReceivedRecord Of(ObjectEvent e, string raw, string? taskId = null) => e.Object.Key.EndsWith('/')
        ? Skip($"'{e.Object}' is a folder marker", raw, taskId)
        : new(e, null, null, raw, taskId);

    public static ReceivedRecord Skip(string why, string raw, string? taskId = null) => new(null, why, null, raw, taskId);

    public static ReceivedRecord Fail(string problem, string raw, string? taskId = null) => new(null, null, problem, raw, taskId);
}
