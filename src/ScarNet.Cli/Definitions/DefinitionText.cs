namespace ScarNet.Cli.Definitions;

/// <summary>A file a person wrote, already read.</summary>
/// <param name="Name">What messages call it, as the person named it; <c>-</c> is standard input.</param>
/// <param name="Directory">Absolute path that relative paths in it start from.</param>
/// <param name="Text">Its whole text.</param>
public sealed record DefinitionText(string Name, string Directory, string Text);
