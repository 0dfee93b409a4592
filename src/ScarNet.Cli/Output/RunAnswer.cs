namespace ScarNet.Cli.Output;

internal sealed record RunAnswer(IReadOnlyList<StartedFunction> Functions);

/// <param name="Name">The function.</param>
/// <param name="Objects">On how many objects it was started.</param>
internal sealed record StartedFunction(string Name, int Objects);
