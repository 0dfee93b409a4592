namespace ScarNet.Cli.Definitions;

/// <summary>What a reading starts from.</summary>
public sealed record DefinitionDefaults
{
    /// <summary>Nothing but what is built in.</summary>
    public static DefinitionDefaults BuiltIn { get; } = new();

    /// <summary>The user's configuration: ScarNet's <c>config.yaml</c> or SCAR's <c>scar.cfg</c>, told apart by their shape.</summary>
    public DefinitionText? Configuration { get; init; }

    /// <summary>Whether a path names a file.</summary>
    public Func<string, bool> FileExists { get; init; } = File.Exists;
}
