using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Layouts;
using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Definitions;

/// <summary>
/// Reads function files: SCAR 1 to 3's layout, SCAR 4's and ScarNet's own become one model, and every problem of all files is told at
/// once. Besides asking whether a script is there it touches nothing, and it never throws for what a file says.
/// </summary>
public static class DefinitionReader
{
    /// <param name="files">In the order of the command line; their functions make one pipeline.</param>
    /// <param name="defaults">What is weaker than the files.</param>
    public static ReadResult Read(IReadOnlyList<DefinitionText> files, DefinitionDefaults defaults)
    {
        var problems = new ProblemList(files);
        var configuration = Configuration.Read(defaults.Configuration, problems.Add);
        var documents = files.Select(file => DefinitionDocument.Read(file, problems.Add)).ToList();
        var providers = documents.SelectMany(document => document.StorageProviders).Concat(configuration.StorageProviders).ToList();
        var layers = new Layers(configuration, providers, defaults, problems.Add);
        var functions =
            from document in documents
            from node in document.Functions
            let function = layers.Read(document.File, node)
            where node.Name is not null
            select function;
        var pipeline = new Pipeline(PipelineName(files), [.. functions]) { StorageProviders = providers };
        foreach (var problem in DefinitionRules.Check(pipeline))
        {
            problems.Add(problem);
        }

        return new ReadResult(problems.HasErrors ? null : pipeline, problems.ToList());
    }

    /// <summary>The first file's name without extension, in the characters that a tag can hold.</summary>
    private static string PipelineName(IReadOnlyList<DefinitionText> files)
    {
        var name = files.Count == 0 || files[0].Name == "-" ? "" : Path.GetFileNameWithoutExtension(files[0].Name);
        var plain = string.Concat(name.Take(64).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'));
        return plain.Length == 0 ? "pipeline" : plain;
    }

    /// <summary>Puts one function together, from the weakest layer to the strongest.</summary>
    private sealed class Layers(
        Configuration configuration,
        IReadOnlyList<StorageProvider> providers,
        DefinitionDefaults defaults,
        Action<Problem> report)
    {
        private readonly HashSet<string> providerIds = [.. providers.Select(provider => provider.ToString())];

        public FunctionDefinition Read(DefinitionText file, FunctionNode node)
        {
            var name = node.Name ?? "";
            var places = new Dictionary<string, Place>();
            var notUsedYet = new Dictionary<string, string>();
            var function = new FunctionDefinition { Name = name, Place = node.Place };
            function = configuration.ApplyTo(function, (owner, source) => Reading(owner, source, isConfiguration: true));
            var reading = Reading(node.Name is null ? "a function without a name" : $"function '{name}'", file, isConfiguration: false);
            if (!node.IsFdl)
            {
                function = ShortLayout.Read(reading, node.Node, function);
            }
            else if (FdlLayout.Element.TryRead(reading, node.Node, "", function, out var read))
            {
                function = read;
            }

            function = function with { Places = places, NotUsedYet = notUsedYet };
            return function.IsGiven(nameof(FunctionDefinition.TimeoutThreshold)) || function.TimeoutThreshold <= function.Timeout / 2
                ? function
                : function with { TimeoutThreshold = function.Timeout / 2 };

            Reading Reading(string owner, DefinitionText source, bool isConfiguration) =>
                new(owner, source.Directory, defaults.FileExists, report)
                {
                    Function = name,
                    IsConfiguration = isConfiguration,
                    StorageProviders = providerIds,
                    Places = places,
                    NotUsedYet = notUsedYet,
                };
        }
    }
}
