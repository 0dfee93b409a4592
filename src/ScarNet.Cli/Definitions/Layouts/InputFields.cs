using System.Diagnostics.CodeAnalysis;
using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Values;
using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;
using static ScarNet.Cli.Definitions.Values.Kinds;
using F = ScarNet.Core.Functions.FunctionDefinition;

namespace ScarNet.Cli.Definitions.Layouts;

/// <summary>What a run needs besides the object that started it.</summary>
internal static class InputFields
{
    private static readonly Kind<IReadOnlyList<InputRule>> Inputs = new("inputs", ReadInputs);

    private static readonly FieldBlock<InputRule> Input = new(
        Field.Of<InputRule, string>("url", Text, "Inputs.url", (rule, v) => rule with { Url = v }),
        Field.Of<InputRule, string>("name", Text, "Inputs.name", (rule, v) => rule with { Name = v }),
        Field.Of<InputRule, bool>("optional", YesNo, "Inputs.optional", (rule, v) => rule with { Optional = v }),
        Field.Of<InputRule, bool>("literal", YesNo, "Inputs.literal", (rule, v) => rule with { Literal = v }),
        Field.Of<InputRule, string>("path", Text, "Inputs.path", (rule, v) => rule with { Path = v }),
        Field.Of<InputRule, string>("sha256", Text, "Inputs.sha256", (rule, v) => rule with { Sha256 = v.ToLowerInvariant() }));

    public static IReadOnlyList<Field<F>> All { get; } =
    [
        ItemPlaces.Of(OwnFields.Of("inputs", Inputs, nameof(F.Inputs), (f, v) => f with { Inputs = v }), nameof(F.Inputs)),
        ItemPlaces.Of(OwnFields.Of("references", Inputs, nameof(F.References), (f, v) => f with { References = v }), nameof(F.References)),
        OwnFields.Of("reference_cache", Text, nameof(F.ReferenceCache), (f, v) => f with { ReferenceCache = v }),
    ];

    private static bool ReadInputs(Reading reading, YamlNode node, string field, [MaybeNullWhen(false)] out IReadOnlyList<InputRule> value)
    {
        var rules = new List<InputRule>();
        var good = node switch
        {
            YamlList list => list.Items.Index().Aggregate(true, (all, item) => Add(reading, item.Item, $"{field}[{item.Index}]", null, rules) && all),
            YamlMap map => map.Entries.Aggregate(true, (all, entry) => Add(reading, entry.Value, $"{field}.{entry.Name}", entry.Name, rules) && all),
            _ => Add(reading, node, field, null, rules),
        };
        value = rules;
        return good;
    }

    // A text ends in '?' when a run can do without; a block says so by name, and its address is taken to the letter.
    private static bool Add(Reading reading, YamlNode node, string field, string? name, List<InputRule> rules)
    {
        switch (node)
        {
            case YamlText { IsNull: false } text:
                rules.Add(InputRule.Parse(text.Text, name));
                return true;
            case YamlMap map when map.Find("url") is { IsNull: false }:
                var good = Input.TryRead(reading, node, field, new InputRule("", name), out var rule);
                rules.Add(rule);
                return good;
            default:
                reading.WrongType(node, field, "an address, or a block with 'url'", "for example 's3://genomes/hg38.fa', or {url: 's3://…', optional: true}");
                return false;
        }
    }
}
