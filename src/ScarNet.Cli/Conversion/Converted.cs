using ScarNet.Core.Functions;

namespace ScarNet.Cli.Conversion;

/// <summary>What a conversion came to.</summary>
/// <param name="Yaml">The short layout; null when a problem is more than a warning.</param>
/// <param name="Problems">What is wrong with the file, and what somebody who knows SCAR should know, from top to bottom.</param>
internal sealed record Converted(string? Yaml, IReadOnlyList<Problem> Problems);
