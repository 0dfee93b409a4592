namespace ScarNet.Cli.Definitions.Yaml;

/// <summary>What a file may ask of us. Function files are small: whatever is larger is a mistake or an attack.</summary>
internal static class YamlLimits
{
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Blocks within blocks. The deepest field of any layout is at 8.</summary>
    public const int MaxDepth = 32;

    /// <summary>Nodes once every alias is written out.</summary>
    public const long MaxNodes = 100_000;
}
