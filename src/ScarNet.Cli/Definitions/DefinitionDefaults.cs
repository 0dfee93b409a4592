namespace ScarNet.Cli.Definitions;

/// <summary>What a reading starts from and what overrides it.</summary>
public sealed record DefinitionDefaults
{
    /// <summary>Nothing but what is built in.</summary>
    public static DefinitionDefaults BuiltIn { get; } = new();

    /// <summary>The user's configuration: ScarNet's <c>config.yaml</c> or SCAR's <c>scar.cfg</c>, told apart by their shape.</summary>
    public DefinitionText? Configuration { get; init; }

    public IReadOnlyList<DefinitionFlag> Flags { get; init; } = [];

    /// <summary>Absolute path that relative paths among the flags start from.</summary>
    public string WorkingDirectory { get; init; } = "/";

    /// <summary>Whether a path names a file.</summary>
    public Func<string, bool> FileExists { get; init; } = File.Exists;
}
