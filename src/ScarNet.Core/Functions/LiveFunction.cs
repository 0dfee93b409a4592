namespace ScarNet.Core.Functions;

/// <summary>A function that is deployed already, as far as it matters to who starts whom.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Pipeline">The pipeline it was made for.</param>
/// <param name="Outputs">Where it writes.</param>
public sealed record LiveFunction(string Name, string Pipeline, IReadOnlyList<OutputRule> Outputs);
