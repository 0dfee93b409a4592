using ScarNet.Core.Functions;

namespace ScarNet.Cli.Definitions;

/// <summary>What a reading came to.</summary>
/// <param name="Pipeline">Null when a problem is more than a warning.</param>
/// <param name="Problems">All of them: warnings too, file by file, from top to bottom.</param>
public sealed record ReadResult(Pipeline? Pipeline, IReadOnlyList<Problem> Problems);
