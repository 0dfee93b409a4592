using ScarNet.Core.Functions;

namespace ScarNet.Cli.Definitions.Yaml;

/// <summary>
/// Collects the entries of one map, and what a merge key (<c>&lt;&lt;</c>) brings in where nothing stands. A key that stands twice is a
/// problem; both entries are kept, so that what is wrong in the second is told too.
/// </summary>
internal sealed class YamlEntries(Action<Problem> report)
{
    private readonly List<YamlEntry> entries = [];
    private readonly Dictionary<string, Place> seen = [];
    private readonly List<YamlMap> merged = [];

    public void Add(YamlNode key, YamlNode value)
    {
        if (key is not YamlText text)
        {
            report(new Problem(key.Place, $"a key must be text, not {key.Description}"));
        }
        else if (text is { Text: "<<", IsQuoted: false })
        {
            Merge(value);
        }
        else
        {
            if (!seen.TryAdd(text.Text, text.Place))
            {
                report(new Problem(
                    text.Place, $"duplicate key '{text.Text}'", $"it stands at line {seen[text.Text].Line} already; keep one of the two"));
            }

            entries.Add(new YamlEntry(text, value));
        }
    }

    public List<YamlEntry> ToList()
    {
        foreach (var entry in merged.SelectMany(map => map.Entries))
        {
            if (seen.TryAdd(entry.Name, entry.Place))
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    private void Merge(YamlNode value)
    {
        IReadOnlyList<YamlNode> maps = value is YamlList list ? list.Items : [value];
        foreach (var node in maps)
        {
            if (node is YamlMap map)
            {
                merged.Add(map);
            }
            else
            {
                report(new Problem(node.Place, $"'<<' merges blocks of keys, not {node.Description}"));
            }
        }
    }
}
