namespace ScarNet.Core.Jobs;

/// <summary>A file the script left in its output directory.</summary>
/// <param name="RelativePath">Below the output directory, with '/'.</param>
/// <param name="Size">Bytes.</param>
public sealed record ProducedFile(string RelativePath, long Size);
