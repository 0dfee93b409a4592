using ScarNet.Cli.Definitions.Values;
using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Definitions.Layouts;

/// <summary><c>storage_providers: &lt;type&gt;: &lt;id&gt;: …</c>, which SCAR 4's layout declares beside the functions.</summary>
internal static class StorageProviders
{
    /// <summary>Type → the keys of one provider.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Keys { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        ["s3"] = ["access_key", "secret_key", "region"],
        ["minio"] = ["endpoint", "verify", "region", "access_key", "secret_key"],
        ["onedata"] = ["oneprovider_host", "token", "space"],
        ["webdav"] = ["hostname", "login", "password"],
        ["rucio"] = ["host", "auth_host", "account", "rse", "access_token", "refresh_token"],
    };

    public static IReadOnlyList<StorageProvider> Read(YamlNode node, Action<Problem> report)
    {
        var providers = new List<StorageProvider>();
        foreach (var type in Block(node, "'storage_providers'", report))
        {
            if (!Keys.TryGetValue(type.Name, out var keys))
            {
                report(new Problem(type.Place, $"unknown kind of storage '{type.Name}'", DidYouMean.Hint(type.Name, Keys.Keys) ?? $"known are {string.Join(", ", Keys.Keys)}"));
                continue;
            }

            providers.AddRange(Block(type.Value, $"'storage_providers.{type.Name}'", report)
                .Select(id => new StorageProvider(type.Name, id.Name, Settings(id, $"{type.Name}.{id.Name}", keys, report))));
        }

        return providers;
    }

    private static Dictionary<string, string> Settings(YamlEntry provider, string name, IReadOnlyList<string> keys, Action<Problem> report)
    {
        var settings = new Dictionary<string, string>();
        foreach (var entry in Block(provider.Value, $"'storage_providers.{name}'", report))
        {
            if (!keys.Contains(entry.Name))
            {
                report(new Problem(entry.Place, $"unknown key '{entry.Name}' in 'storage_providers.{name}'", DidYouMean.Hint(entry.Name, keys)));
            }
            else if (entry.Value is YamlText text)
            {
                settings[entry.Name] = text.Text;
            }
            else
            {
                report(new Problem(entry.Value.Place, $"'{entry.Name}' of 'storage_providers.{name}' must be text, not {entry.Value.Description}"));
            }
        }

        return settings;
    }

    private static IReadOnlyList<YamlEntry> Block(YamlNode node, string what, Action<Problem> report)
    {
        if (node is YamlMap map)
        {
            return map.Entries;
        }

        if (node is not YamlText { IsNull: true })
        {
            report(new Problem(node.Place, $"{what} must be a block of keys, not {node.Description}"));
        }

        return [];
    }
}
