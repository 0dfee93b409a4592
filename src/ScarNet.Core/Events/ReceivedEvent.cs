namespace ScarNet.Core.Events;

/// <summary>What a payload turned out to be: records about objects, or data for the script.</summary>
/// <param name="IsData">No event we know: the script gets the payload as a file.</param>
/// <param name="Records">In the order of the payload; empty for data.</param>
/// <param name="Operation">Set when S3 Batch Operations asks, which wants an answer for each task.</param>
public sealed record ReceivedEvent(bool IsData, IReadOnlyList<ReceivedRecord> Records, BatchOperation? Operation = null)
{
    public static ReceivedEvent Data { get; } = new(true, []);
}
