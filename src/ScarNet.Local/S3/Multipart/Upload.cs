using ScarNet.Local.S3.Checksums;

namespace ScarNet.Local.S3.Multipart;

/// <summary>A multipart upload that was begun.</summary>
/// <param name="Id">Unguessable.</param>
/// <param name="Key">Of the object to be.</param>
/// <param name="Initiated">When.</param>
/// <param name="Headers">Of the object to be.</param>
/// <param name="Tags">Of the object to be.</param>
/// <param name="Algorithm">Of its checksum, or null for none.</param>
/// <param name="Composite">Whether that is a checksum of the parts' checksums.</param>
internal sealed record Upload(
    string Id, string Key, DateTimeOffset Initiated, string Headers, string? Tags, ChecksumAlgorithm? Algorithm, bool Composite)
{
    public string Type => Composite ? "COMPOSITE" : "FULL_OBJECT";
}

/// <summary>A part that was uploaded.</summary>
/// <param name="Number">1 to 10,000.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ETag">Hex of its MD5.</param>
/// <param name="Modified">When.</param>
/// <param name="Content">Row of its content.</param>
/// <param name="Checksum">Its own, or null.</param>
internal sealed record UploadPart(int Number, long Size, string ETag, DateTimeOffset Modified, long Content, Checksum? Checksum);
