namespace ScarNet.Core.Jobs;

/// <summary>One further input of a run, exactly enough to fetch the same again.</summary>
/// <param name="Url">Where it came from; of a web address without its query, which may hold a secret.</param>
/// <param name="Name">What the function calls it; null when it has no name.</param>
/// <param name="SizeBytes">Bytes.</param>
/// <param name="ETag">As the server gave it, without quotes; null when it gave none.</param>
/// <param name="VersionId">Version of the object; null when its bucket keeps none.</param>
/// <param name="Sha256">Digest of its content, where it was computed.</param>
public sealed record RunInput(string Url, string? Name, long SizeBytes, string? ETag, string? VersionId = null, string? Sha256 = null)
{
    /// <summary>Whether a reference was on the machine already.</summary>
    public bool IsFromCache { get; init; }
}
