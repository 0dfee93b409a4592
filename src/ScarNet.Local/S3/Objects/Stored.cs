namespace ScarNet.Local.S3.Objects;

/// <summary>What came of storing or deleting an object, for the answer and for what has to be done after the commit.</summary>
internal sealed record Stored
{
    /// <summary>Null in a bucket that never had versioning.</summary>
    public string? VersionId { get; init; }

    /// <summary>Whether what was made or deleted is a delete marker.</summary>
    public bool IsMarker { get; init; }

    public DateTimeOffset Modified { get; init; }

    /// <summary>Blobs that no row names any more.</summary>
    public List<string> Unnamed { get; init; } = [];

    /// <summary>Whether an invocation was queued.</summary>
    public bool Notified { get; init; }
}
