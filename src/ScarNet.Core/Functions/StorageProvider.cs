namespace ScarNet.Core.Functions;

/// <summary>A storage besides the account's own S3, under SCAR's names.</summary>
/// <param name="Type">s3, minio, onedata, webdav or rucio.</param>
/// <param name="Id">The name the file gives it; <c>type.id</c> refers to it, and <c>type</c> alone to the id <c>default</c>.</param>
/// <param name="Settings">Its keys as text. May hold secrets: never printed.</param>
public sealed record StorageProvider(string Type, string Id, IReadOnlyDictionary<string, string> Settings)
{
    public override string ToString() => $"{Type}.{Id}";
}
