namespace ScarNet.Core.Jobs;

/// <summary>One object a run wrote.</summary>
public sealed record RunOutput(string Bucket, string Key, long Size, string? ETag, string? VersionId);
