using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Values;
using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Definitions.Layouts;

/// <summary>One entry of <c>input</c> or <c>output</c>, as the file has it.</summary>
internal sealed record StorageEntry
{
    /// <summary>The account's own S3: the only one that files come from and go to yet.</summary>
    public const string OwnS3 = "s3";

    public BucketPath? Path { get; init; }

    public IReadOnlyList<string> Prefixes { get; init; } = [];

    public IReadOnlyList<string> Suffixes { get; init; } = [];

    public bool Required { get; init; }

    public IReadOnlyList<string> Files { get; init; } = [];

    public int Minimum { get; init; }

    public OutputProperties Properties { get; init; } = OutputProperties.None;

    public string Provider { get; init; } = OwnS3;

    private static readonly IReadOnlyList<Field<StorageEntry>> Shared =
    [
        Field.Of<StorageEntry, BucketPath>("path", BucketPath.Kind, "path", (e, v) => e with { Path = v }),
        Field.Of<StorageEntry, IReadOnlyList<string>>("prefix", Lists.Texts, "prefix", (e, v) => e with { Prefixes = v }),
        Field.Of<StorageEntry, IReadOnlyList<string>>("suffix", Lists.Texts, "suffix", (e, v) => e with { Suffixes = v }),
        Field.Of<StorageEntry, string>("storage_provider", Kinds.Text, "storage_provider", (e, v) => e with { Provider = v }),
    ];

    private static readonly FieldBlock<StorageEntry> InputBlock = new(Shared)
    {
        Elsewhere = new Dictionary<string, string> { ["required"] = "only an output can be required" },
    };

    private static readonly Kind<string> Encryption = Kinds.OneOf(("AES256", "AES256"), ("aws:kms", "aws:kms"), ("aws:kms:dsse", "aws:kms:dsse"));

    private static readonly FieldBlock<StorageEntry> OutputBlock = new(
        [
            .. Shared,
            Field.Of<StorageEntry, bool>("required", Kinds.YesNo, "required", (e, v) => e with { Required = v }),
            Field.Of<StorageEntry, IReadOnlyList<string>>("files", Lists.Texts, "files", (e, v) => e with { Files = v }),
            Field.Of<StorageEntry, int>("minimum", Kinds.Whole, "minimum", (e, v) => e with { Minimum = v }),
            OfObjects("tags", Variables.Kind, (p, v) => p with { Tags = v }),
            OfObjects("metadata", Variables.Kind, (p, v) => p with { Metadata = v }),
            OfObjects("content_type", Kinds.Text, (p, v) => p with { ContentType = v }),
            OfObjects("storage_class", Kinds.Text, (p, v) => p with { StorageClass = v.ToUpperInvariant() }),
            OfObjects("sse", Encryption, (p, v) => p with { Encryption = v }),
            OfObjects("kms_key", Kinds.Text, (p, v) => p with { KmsKey = v }),
        ]);

    private static Field<StorageEntry> OfObjects<TValue>(string name, Kind<TValue> kind, Func<OutputProperties, TValue, OutputProperties> set) =>
        Field.Of<StorageEntry, TValue>(name, kind, name, (e, v) => e with { Properties = set(e.Properties, v) });

    /// <summary>The field <c>input</c>.</summary>
    public static Field<FunctionDefinition> Input { get; } = new(
        "input", "list of inputs", true, [.. InputBlock.Entries()], (reading, entry, path, function) =>
            function with { Triggers = [.. Read(reading, entry, path, InputBlock, "Triggers", TriggersOf)] });

    /// <summary>The field <c>output</c>.</summary>
    public static Field<FunctionDefinition> Output { get; } = new(
        "output", "list of outputs", true, [.. OutputBlock.Entries()], (reading, entry, path, function) =>
            function with { Outputs = [.. Read(reading, entry, path, OutputBlock, "Outputs", OutputsOf)] });

    private static IEnumerable<Trigger> TriggersOf(StorageEntry entry, BucketPath path) =>
        (entry.Prefixes.Count == 0 ? [""] : entry.Prefixes).Select(prefix => new Trigger(path.Bucket, path.Prefix + prefix, entry.Suffixes));

    private static IEnumerable<OutputRule> OutputsOf(StorageEntry entry, BucketPath path) =>
        [
            new OutputRule(path.Bucket, path.Prefix, entry.Prefixes, entry.Suffixes, entry.Required)
            {
                Files = entry.Files,
                Minimum = entry.Minimum,
                Properties = entry.Properties,
            },
        ];

    /// <summary>Reads a list of entries, or a single one; each leaves its place at <c>member.index</c>.</summary>
    private static List<TResult> Read<TResult>(
        Reading reading, YamlEntry entry, string path, FieldBlock<StorageEntry> block, string member, Func<StorageEntry, BucketPath, IEnumerable<TResult>> results)
    {
        reading.Places[member] = entry.Place;
        var all = new List<TResult>();
        var items = entry.Value is YamlList list ? list.Items : [entry.Value];
        for (var i = 0; i < items.Count; i++)
        {
            var itemPath = entry.Value is YamlList ? $"{path}[{i}]" : path;
            if (ReadEntry(reading, items[i], itemPath, block) is not { Path: { } place } read || !IsOwn(reading, read, items[i], itemPath))
            {
                continue;
            }

            foreach (var result in results(read, place))
            {
                reading.Places[$"{member}.{all.Count}"] = items[i].Place;
                all.Add(result);
            }
        }

        return all;
    }

    private static StorageEntry? ReadEntry(Reading reading, YamlNode node, string path, FieldBlock<StorageEntry> block)
    {
        if (node is YamlText)
        {
            return BucketPath.Kind.TryRead(reading, node, path, out var place) ? new StorageEntry { Path = place } : null;
        }

        if (!block.TryRead(reading, node, path, new StorageEntry(), out var entry))
        {
            return null;
        }

        if (node is YamlMap map && map.Find("path") is not { IsNull: false })
        {
            reading.Error(node.Place, $"'{path}' of {reading.Owner} has no 'path'", "for example 'path: my-bucket/folder'");
        }

        return entry;
    }

    /// <summary>Whether the entry is on the account's own S3. One elsewhere is kept and told; one on no declared storage is refused.</summary>
    private static bool IsOwn(Reading reading, StorageEntry entry, YamlNode node, string path)
    {
        if (entry.Provider == OwnS3)
        {
            return true;
        }

        var id = entry.Provider.Contains('.', StringComparison.Ordinal) ? entry.Provider : entry.Provider + ".default";
        if (reading.StorageProviders.Contains(id))
        {
            reading.KeepUnused(path, node.Place, FlowText.Of(node), $"files come from '{OwnS3}' and go there, not to '{entry.Provider}'");
        }
        else
        {
            reading.Error(
                node.Place,
                $"unknown storage provider '{entry.Provider}' in '{path}' of {reading.Owner}",
                DidYouMean.Hint(entry.Provider, [OwnS3, .. reading.StorageProviders]) ?? $"declare it under 'storage_providers', or use '{OwnS3}'");
        }

        return false;
    }
}
