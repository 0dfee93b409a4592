namespace ScarNet.Core.Jobs;

/// <summary>A file of a function as it lies in the artifact bucket, at <see cref="ArtifactKeys.File"/>.</summary>
/// <param name="Path">Where it goes, relative to the workspace.</param>
/// <param name="Sha256">Lower-case hex digest of its content.</param>
/// <param name="SizeBytes">Bytes.</param>
/// <param name="IsExecutable">Whether it may be run.</param>
public sealed record FileSpec(string Path, string Sha256, long SizeBytes, bool IsExecutable = false);
