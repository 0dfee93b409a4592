namespace ScarNet.Cli.Definitions;

/// <summary>A value from the command line: stronger than every file, and for every function of them.</summary>
/// <param name="Option">The option's name, for messages: <c>--memory</c>.</param>
/// <param name="Field">The field it sets, as in the short layout: <c>memory</c>, <c>batch.vcpus</c>, <c>environment.ITERATIONS</c>.</param>
/// <param name="Value">The value's text. Several flags of one field make a list.</param>
public sealed record DefinitionFlag(string Option, string Field, string Value);
