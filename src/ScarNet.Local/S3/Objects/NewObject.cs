using ScarNet.Local.S3.Checksums;

namespace ScarNet.Local.S3.Objects;

/// <summary>An object that is about to be stored; its contents are rows already.</summary>
internal sealed record NewObject
{
    public required string Key { get; init; }

    public required long Size { get; init; }

    public required string ETag { get; init; }

    /// <summary>See <see cref="StoredHeaders"/>.</summary>
    public required string Headers { get; init; }

    public string? Tags { get; init; }

    public Checksum? Checksum { get; init; }

    /// <summary>Row of the content, when it is one and not empty.</summary>
    public long? Content { get; init; }

    /// <summary>The parts of a multipart upload, in order; else empty.</summary>
    public IReadOnlyList<ObjectPart> Parts { get; init; } = [];
}

/// <summary>A part of an object that was uploaded in parts.</summary>
/// <param name="Number">As the client numbered it, 1 to 10,000.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Content">Row of its content.</param>
/// <param name="Checksum">Its own, if it has one.</param>
internal sealed record ObjectPart(int Number, long Size, long Content, Checksum? Checksum);
