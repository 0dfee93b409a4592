using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Values;
using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Definitions.Layouts;

/// <summary><c>functions: &lt;name&gt;: …</c>: SCAR 1 to 3's flat layout, and ScarNet's own, which adds to it.</summary>
internal static class ShortLayout
{
    public static FieldBlock<FunctionDefinition> Function { get; } = new(
        [
            FlatS3.Field,
            .. OwnFields.Shared,
            .. OwnFields.New,
            OwnFields.Of("time", Units.Duration, nameof(FunctionDefinition.Timeout), (f, v) => f with { Timeout = v }),
            OwnFields.Environment("environment"),
            OwnFields.LambdaEnvironment("lambda_environment"),
            OwnFields.Profile("profile"),
            Field.Block("iam", new FieldBlock<FunctionDefinition>(OwnFields.Role)),
            Field.Block("cloudwatch", new FieldBlock<FunctionDefinition>(OwnFields.LogRetention)),
            Field.Block("api_gateway", new FieldBlock<FunctionDefinition>(Field.Unused<FunctionDefinition, string>("name", Kinds.Text))),
            Field.Unused<FunctionDefinition, string>("lambda_role", Kinds.Text),
            Field.Unused<FunctionDefinition, string>("supervisor_version", Kinds.Text),
            OwnFields.Batch([.. BatchFields.Common, .. BatchFields.Own, .. BatchFields.Flat, OwnFields.BatchEnvironment("environment")]),
        ])
    {
        Exclusive = OwnFields.Exclusive,
        Elsewhere = new Dictionary<string, string>
        {
            ["lambda"] = "SCAR 4's layout is 'functions:', below it 'aws:', below that a list of '- lambda:'",
            ["container"] = "this layout has 'image' and 'environment' in the function itself",
            ["name"] = "the function's name is the key above",
            ["script"] = "did you mean 'init_script'?",
            ["snap_start"] = OwnFields.NoSnapStart,
            ["SnapStart"] = OwnFields.NoSnapStart,
            ["args"] = "did you mean 'c_args'?",
            ["env"] = "did you mean 'environment'?",
        },
    };

    /// <summary>Reads one function into the model that the weaker layers made.</summary>
    public static FunctionDefinition Read(Reading reading, YamlNode node, FunctionDefinition function)
    {
        if (node is YamlMap map && map.Find("s3")?.Value is YamlMap s3)
        {
            OnlyOne(reading, map, s3, "input");
            OnlyOne(reading, map, s3, "output");
        }

        return Function.TryRead(reading, node, "", function, out var result) ? result : function;
    }

    private static void OnlyOne(Reading reading, YamlMap map, YamlMap s3, string name)
    {
        if (map.Find(name) is { IsNull: false } own && s3.Entries.FirstOrDefault(e => e.Name == $"{name}_bucket" || e.Name == $"{name}_folder") is { } flat)
        {
            reading.Error(own.Place, $"'{name}' and 's3.{flat.Name}' of {reading.Owner} say the same thing twice", "keep one of the two");
        }
    }
}
