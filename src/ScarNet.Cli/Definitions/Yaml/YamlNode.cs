using ScarNet.Core.Functions;

namespace ScarNet.Cli.Definitions.Yaml;

/// <summary>A piece of a YAML file, with its place.</summary>
internal abstract record YamlNode(Place Place)
{
    /// <summary>How many nodes it is when every alias is written out.</summary>
    public long Size { get; protected init; } = 1;

    /// <summary>How many levels there are below it.</summary>
    public int Height { get; protected init; }

    /// <summary>What it is, for messages.</summary>
    public abstract string Description { get; }
}

/// <summary>A scalar. Its text is the file's own, never retyped.</summary>
internal sealed record YamlText(Place Place, string Text, bool IsQuoted, int LastLine) : YamlNode(Place)
{
    /// <summary>Nothing was given: an empty value, <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => !IsQuoted && Text is "" or "~" or "null" or "Null" or "NULL";

    public override string Description => Text.Length > 60 ? $"'{Text[..57]}…'" : $"'{Text}'";
}

internal sealed record YamlList : YamlNode
{
    public YamlList(Place place, IReadOnlyList<YamlNode> items)
        : base(place)
    {
        Items = items;
        Size = 1 + items.Sum(item => item.Size);
        Height = items.Count == 0 ? 0 : 1 + items.Max(item => item.Height);
    }

    public IReadOnlyList<YamlNode> Items { get; }

    public override string Description => "a list";
}

internal sealed record YamlMap : YamlNode
{
    public YamlMap(Place place, IReadOnlyList<YamlEntry> entries)
        : base(place)
    {
        Entries = entries;
        Size = 1 + entries.Sum(entry => 1 + entry.Value.Size);
        Height = entries.Count == 0 ? 0 : 1 + entries.Max(entry => entry.Value.Height);
    }

    public IReadOnlyList<YamlEntry> Entries { get; }

    public override string Description => "a block of keys";

    public YamlEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Name == key);
}

internal sealed record YamlEntry(YamlText Key, YamlNode Value)
{
    public string Name => Key.Text;

    public Place Place => Key.Place;

    /// <summary>Whether the key stands there without a value.</summary>
    public bool IsNull => Value is YamlText { IsNull: true };
}
