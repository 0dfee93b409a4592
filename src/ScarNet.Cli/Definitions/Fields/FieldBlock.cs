using ScarNet.Cli.Definitions.Values;
using ScarNet.Cli.Definitions.Yaml;

namespace ScarNet.Cli.Definitions.Fields;

/// <summary>The keys that a block may have.</summary>
internal sealed class FieldBlock<T>(params IReadOnlyList<Field<T>> fields)
{
    private readonly Dictionary<string, Field<T>> byName = fields.ToDictionary(field => field.Name);

    /// <summary>Keys of which a block may have only one.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Exclusive { get; init; } = [];

    /// <summary>What to say of keys that are unknown here but known elsewhere: key → hint.</summary>
    public IReadOnlyDictionary<string, string> Elsewhere { get; init; } = new Dictionary<string, string>();

    /// <summary>What to say of any other unknown key; null looks for a similar one.</summary>
    public string? Stray { get; init; }

    /// <summary>Every field and everything below it.</summary>
    public IEnumerable<FieldEntry> Entries() => fields.SelectMany(field =>
        field.Inner.Select(inner => inner with { Path = $"{field.Name}.{inner.Path}" }).Prepend(new FieldEntry(field.Name, field.Type, field.Acts)));

    /// <summary>Puts what the node says into the model. False when it is no block at all.</summary>
    /// <param name="reading">Takes problems and places.</param>
    /// <param name="node">The block.</param>
    /// <param name="path">Its dotted path; empty for a function's own block.</param>
    /// <param name="model">What the fields are put into.</param>
    /// <param name="result">The model with them.</param>
    public bool TryRead(Reading reading, YamlNode node, string path, T model, out T result)
    {
        result = model;
        if (node is YamlText { IsNull: true })
        {
            return true;
        }

        if (node is not YamlMap map)
        {
            var what = path.Length == 0 ? reading.Owner : $"'{path}' of {reading.Owner}";
            reading.Error(node.Place, $"{what} must be a block of keys, not {node.Description}");
            return false;
        }

        CheckExclusive(reading, map);
        foreach (var entry in map.Entries.Where(entry => !byName.ContainsKey(entry.Name)))
        {
            Unknown(reading, entry, path);
        }

        foreach (var field in fields) // in the table's order: a later field may overrule what an earlier one implied
        {
            if (map.Find(field.Name) is { IsNull: false } entry)
            {
                result = field.Apply(reading, entry, path.Length == 0 ? entry.Name : $"{path}.{entry.Name}", result);
            }
        }

        return true;
    }

    private void CheckExclusive(Reading reading, YamlMap map)
    {
        foreach (var group in Exclusive)
        {
            var given = map.Entries.Where(entry => group.Contains(entry.Name) && !entry.IsNull).ToList();
            foreach (var entry in given.Skip(1))
            {
                reading.Error(entry.Place, $"'{entry.Name}' and '{given[0].Name}' of {reading.Owner} say the same thing twice", "keep one of the two");
            }
        }
    }

    private void Unknown(Reading reading, YamlEntry entry, string path)
    {
        var where = path.Length == 0 ? reading.Owner : $"'{path}' of {reading.Owner}";
        var message = $"unknown key '{entry.Name}' in {where}";
        if (reading.IsConfiguration)
        {
            reading.Warn(entry.Place, message, Hint(entry.Name));
        }
        else
        {
            reading.Error(entry.Place, message, Hint(entry.Name));
        }
    }

    private string? Hint(string key)
    {
        if (Elsewhere.TryGetValue(key, out var hint))
        {
            return hint;
        }

        if (Stray is not null)
        {
            return Stray;
        }

        var below = Entries().FirstOrDefault(entry => entry.Path.EndsWith("." + key, StringComparison.Ordinal));
        return DidYouMean.Hint(key, byName.Keys)
            ?? (below is null ? "docs/function-file.md lists the keys there are" : $"'{key}' belongs under '{below.Path[..^(key.Length + 1)]}'");
    }
}
