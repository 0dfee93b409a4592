using ScarNet.Local.S3.Checksums;
using ScarNet.Local.S3.Objects;

namespace ScarNet.Local.S3.Contents;

/// <summary>A body that was received, verified and made durable, and that no row names yet. Unless it is kept, Dispose removes it.</summary>
internal sealed class Draft(Blobs blobs) : IDisposable
{
    private bool kept;

    public required long Size { get; init; }

    /// <summary>Hex of its MD5.</summary>
    public required string ETag { get; init; }

    public required Checksum? Checksum { get; init; }

    /// <summary>The bytes themselves when they are few, else null.</summary>
    public byte[]? Data { get; init; }

    /// <summary>Name of the blob that holds them, else null.</summary>
    public string? File { get; init; }

    /// <summary>Called first of all once a row that names it is committed: whatever fails after that, it stays.</summary>
    public IEnumerable<Stored> KeptBy(Stored committed)
    {
        kept = true;
        return [committed];
    }

    public void Dispose()
    {
        if (!kept && File is not null)
        {
            blobs.Discard([File]);
        }
    }
}
