using System.Globalization;
using ScarNet.Local.S3.Checksums;

namespace ScarNet.Local.S3.Objects;

/// <summary>One version of an object, or a delete marker, without its content.</summary>
internal sealed record ObjectRow
{
    /// <summary>Version of what is stored while versioning is off or suspended.</summary>
    public const string NullVersion = "null";

    /// <summary>Newer versions of a key have greater ids.</summary>
    public required long Id { get; init; }

    public required string Key { get; init; }

    public required string Version { get; init; }

    public required bool IsCurrent { get; init; }

    public required bool IsMarker { get; init; }

    public required long Size { get; init; }

    /// <summary>Without quotes.</summary>
    public required string ETag { get; init; }

    public required DateTimeOffset Modified { get; init; }

    /// <summary>See <see cref="StoredHeaders"/>.</summary>
    public required string Headers { get; init; }

    /// <summary>As in x-amz-tagging; null when there are none.</summary>
    public required string? Tags { get; init; }

    public required Checksum? Checksum { get; init; }

    /// <summary>The one content; null when it is empty or made of parts.</summary>
    public required long? Content { get; init; }

    /// <summary>Of a multipart upload; else 0.</summary>
    public required int Parts { get; init; }

    public string QuotedETag => $"\"{ETag}\"";

    /// <summary>HTTP dates have whole seconds.</summary>
    public DateTimeOffset ModifiedSecond => DateTimeOffset.FromUnixTimeSeconds(Modified.ToUnixTimeSeconds());

    public string HttpModified => Modified.UtcDateTime.ToString("r", CultureInfo.InvariantCulture);
}
