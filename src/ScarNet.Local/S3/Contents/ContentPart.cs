namespace ScarNet.Local.S3.Contents;

/// <summary>A piece of an object's content: in the database or in a blob.</summary>
/// <param name="Id">Row of s3_contents; 0 when <paramref name="Data"/> is all there is.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Data">The bytes, or null.</param>
/// <param name="File">Name of the blob, or null.</param>
internal sealed record ContentPart(long Id, long Size, byte[]? Data, string? File);
