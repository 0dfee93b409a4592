namespace ScarNet.Core.Jobs;

/// <summary>A function's zip as it lies in the artifact bucket, at <see cref="ArtifactKeys.Package"/>; unpacked into every workspace.</summary>
/// <param name="Sha256">Lower-case hex digest of the zip.</param>
/// <param name="SizeBytes">Bytes of the zip.</param>
public sealed record PackageSpec(string Sha256, long SizeBytes);
