namespace ScarNet.Cli.Output;

/// <param name="Yaml">The converted file; null when it was written to a file, or when there is none.</param>
/// <param name="File">Where it was written, as it was named.</param>
/// <param name="Problems">What is wrong, and what to know.</param>
internal sealed record ConvertAnswer(string? Yaml, string? File, IReadOnlyList<ProblemAnswer> Problems);
