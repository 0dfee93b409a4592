using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Values;
using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Definitions.Layouts;

/// <summary>
/// The user's own defaults for every function: <c>defaults:</c> with the fields of the short layout, or SCAR's <c>scar.cfg</c>,
/// whose <c>aws</c> is an entry of its layout without a name.
/// </summary>
internal sealed class Configuration
{
    private static readonly string[] OwnKeys = ["defaults", "storage_providers"];

    /// <summary>SCAR's settings of itself and of another cloud: nothing here is configured by them.</summary>
    private static readonly string[] ScarKeys = ["aws", "scar", "oscar", "storage_providers"];

    private readonly DefinitionText? file;
    private readonly YamlNode? defaults;
    private readonly bool isScar;

    private Configuration(DefinitionText? file, YamlNode? defaults, bool isScar)
    {
        this.file = file;
        this.defaults = defaults;
        this.isScar = isScar;
    }

    public IReadOnlyList<StorageProvider> StorageProviders { get; private init; } = [];

    public static Configuration Read(DefinitionText? file, Action<Problem> report)
    {
        var root = file is null ? null : YamlTree.Read(file, report);
        if (root is not YamlMap map)
        {
            if (root is not (null or YamlText { IsNull: true }))
            {
                report(new Problem(root.Place, $"a configuration is a block of keys, not {root.Description}", "it begins with 'defaults:'"));
            }

            return new Configuration(file, null, false);
        }

        var isScar = map.Find("aws") is not null || map.Find("scar") is not null;
        var known = isScar ? ScarKeys : OwnKeys;
        foreach (var entry in map.Entries.Where(entry => !known.Contains(entry.Name)))
        {
            report(new Problem(entry.Place, $"unknown key '{entry.Name}' in the configuration", DidYouMean.Hint(entry.Name, known), IsWarning: true));
        }

        return new Configuration(file, map.Find(isScar ? "aws" : "defaults") is { IsNull: false } found ? found.Value : null, isScar)
        {
            StorageProviders = map.Find("storage_providers") is { } entry2 ? Layouts.StorageProviders.Read(entry2.Value, report) : [],
        };
    }

    /// <summary>Puts the defaults into a function.</summary>
    public FunctionDefinition ApplyTo(FunctionDefinition function, Func<string, DefinitionText, Reading> reading)
    {
        if (file is null || defaults is null)
        {
            return function;
        }

        var ours = reading("the configuration", file);
        if (!isScar)
        {
            return ShortLayout.Read(ours, defaults, function);
        }

        _ = FdlLayout.Configuration.TryRead(ours, defaults, "", function, out var result);
        return result with
        {
            // Where SCAR's own container engine lay. Every scar.cfg has them, and nobody chose them.
            LambdaEnvironment = result.LambdaEnvironment
                .Where(pair => !pair.Key.StartsWith("UDOCKER_", StringComparison.Ordinal))
                .ToDictionary(pair => pair.Key, pair => pair.Value),
        };
    }
}
