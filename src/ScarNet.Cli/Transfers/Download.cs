namespace ScarNet.Cli.Transfers;

/// <summary>One object on its way to a file.</summary>
/// <param name="From">The object.</param>
/// <param name="Path">Where it goes below the directory; null when no such path is safe.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Refusal">Why there is no path.</param>
internal sealed record Download(S3Address From, string? Path, long Size, string? Refusal = null);
