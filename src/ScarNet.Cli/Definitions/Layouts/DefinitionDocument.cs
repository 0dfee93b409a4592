using ScarNet.Cli.Definitions.Values;
using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Definitions.Layouts;

/// <summary>One function file, taken apart down to its functions. Which layout it has shows in its shape.</summary>
/// <param name="File">The file.</param>
/// <param name="Functions">What stands for each function.</param>
/// <param name="StorageProviders">What it declares.</param>
internal sealed record DefinitionDocument(
    DefinitionText File, IReadOnlyList<FunctionNode> Functions, IReadOnlyList<StorageProvider> StorageProviders)
{
    private static readonly string[] TopKeys = ["functions", "storage_providers"];

    public static DefinitionDocument Read(DefinitionText file, Action<Problem> report)
    {
        var problemsBefore = 0;
        var root = YamlTree.Read(file, problem =>
        {
            problemsBefore++;
            report(problem);
        });
        var empty = new DefinitionDocument(file, [], []);
        switch (root)
        {
            case null when problemsBefore > 0:
                return empty;
            case null or YamlText { IsNull: true }:
                report(new Problem(new Place(file.Name, 1, 1), "the file is empty", Example));
                return empty;
            case not YamlMap:
                report(new Problem(root.Place, $"a function file is a block of keys, not {root.Description}", Example));
                return empty;
            default:
                return new DefinitionDocument(file, ReadFunctions((YamlMap)root, report), ReadProviders((YamlMap)root, report));
        }
    }

    private const string Example = "it begins with 'functions:', below that a name, below that 'init_script:' and 'input:'";

    private static List<FunctionNode> ReadFunctions(YamlMap root, Action<Problem> report)
    {
        foreach (var entry in root.Entries.Where(entry => !TopKeys.Contains(entry.Name) && !entry.Name.StartsWith("x-", StringComparison.Ordinal)))
        {
            report(new Problem(entry.Place, $"unknown key '{entry.Name}'", DidYouMean.Hint(entry.Name, TopKeys) ?? "functions stand under 'functions:'"));
        }

        switch (root.Find("functions"))
        {
            case null:
                report(new Problem(root.Place, "the file has no 'functions'", Example));
                return [];
            case { IsNull: true } entry:
                report(new Problem(entry.Place, "'functions' is empty", Example));
                return [];
            case { Value: YamlMap functions } when IsFdl(functions):
                return FdlFunctions(functions, report);
            case { Value: YamlMap functions }:
                return [.. functions.Entries.Select(entry => new FunctionNode(entry.Name, entry.Place, entry.Value, IsFdl: false))];
            case { Value: var other }:
                report(new Problem(other.Place, $"'functions' must be a block of keys, not {other.Description}", "below it each function's name, or SCAR 4's 'aws:'"));
                return [];
        }
    }

    /// <summary>A function may well be called aws: only SCAR 4's has a list, or a 'lambda' right below it.</summary>
    private static bool IsFdl(YamlMap functions) => functions.Entries.Any(entry =>
        entry.Name is "aws" or "oscar" && (entry.Value is YamlList || entry.Value is YamlMap map && map.Find("lambda") is not null));

    private static List<FunctionNode> FdlFunctions(YamlMap functions, Action<Problem> report)
    {
        var nodes = new List<FunctionNode>();
        foreach (var entry in functions.Entries)
        {
            if (entry.Name == "oscar")
            {
                report(new Problem(
                    entry.Place, "'functions.oscar' is left out", "ScarNet deploys to AWS and to the local engine, not to OSCAR clusters", IsWarning: true));
            }
            else if (entry.Name != "aws")
            {
                report(new Problem(entry.Place, $"unknown key '{entry.Name}' in 'functions'", "SCAR 4's layout has 'aws' and 'oscar' here; names stand in 'lambda.name'"));
            }
            else if (entry.Value is YamlList list)
            {
                nodes.AddRange(list.Items.Select((item, i) => FdlFunction(item, i, report)));
            }
            else
            {
                report(new Problem(entry.Value.Place, $"'functions.aws' must be a list, not {entry.Value.Description}", "begin each function with '- lambda:'"));
            }
        }

        return nodes;
    }

    private static FunctionNode FdlFunction(YamlNode node, int index, Action<Problem> report)
    {
        var lambda = (node as YamlMap)?.Find("lambda");
        if (node is YamlMap && lambda is null)
        {
            report(new Problem(node.Place, $"'functions.aws[{index}]' has no 'lambda'", "each function begins with '- lambda:'"));
        }

        var name = (lambda?.Value as YamlMap)?.Find("name");
        if (lambda is not null && name is null or { IsNull: true })
        {
            report(new Problem(lambda.Place, $"'functions.aws[{index}].lambda' has no 'name'", "add 'name: my-function'"));
        }

        return new FunctionNode((name?.Value as YamlText)?.Text, name?.Value.Place ?? node.Place, node, IsFdl: true);
    }

    private static IReadOnlyList<StorageProvider> ReadProviders(YamlMap root, Action<Problem> report) =>
        root.Find("storage_providers") is { } entry ? Layouts.StorageProviders.Read(entry.Value, report) : [];
}

/// <summary>What stands for one function.</summary>
/// <param name="Name">Null when it has none, which is reported already.</param>
/// <param name="Place">Where it is named.</param>
/// <param name="Node">Its fields.</param>
/// <param name="IsFdl">Whether they are SCAR 4's.</param>
internal sealed record FunctionNode(string? Name, Place Place, YamlNode Node, bool IsFdl);
