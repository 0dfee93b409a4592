namespace ScarNet.Supervisor.Storage;

/// <summary>What the input object says of itself.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Hops">Functions its content has passed through.</param>
/// <param name="ParentRun">The invocation that wrote it; null when none did.</param>
internal sealed record SourceHead(long Size, int Hops, string? ParentRun)
{
    /// <summary>Without quotes.</summary>
    public string? ETag { get; init; }

    /// <summary>Null when its bucket keeps no versions.</summary>
    public string? VersionId { get; init; }
}
