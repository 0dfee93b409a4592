namespace ScarNet.Core.Events;

/// <summary>One object that was created. S3's JSON, and what wraps it, is translated into this at the edge.</summary>
public sealed record ObjectEvent
{
    public required ObjectPath Object { get; init; }

    /// <summary>Bytes; null when the sender did not say.</summary>
    public long? Size { get; init; }

    /// <summary>Without quotes; null when the sender did not say. Not an MD5 when it holds a '-'.</summary>
    public string? ETag { get; init; }

    /// <summary>Null in an unversioned bucket.</summary>
    public string? VersionId { get; init; }

    /// <summary>Orders the events of one key: see <see cref="Sequencer"/>.</summary>
    public string? Sequencer { get; init; }

    public DateTimeOffset? Time { get; init; }

    public string? Region { get; init; }
}
