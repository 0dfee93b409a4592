using ScarNet.Cli.Definitions;
using ScarNet.Cli.Definitions.Layouts;
using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Conversion;

/// <summary>Turns a function file of any layout into ScarNet's short one, with everything said that SCAR left unsaid.</summary>
internal static class Converter
{
    /// <param name="file">The file.</param>
    /// <param name="directory">Absolute directory of the file that is written: relative paths in it start there.</param>
    /// <param name="fileExists">Whether a path names a file.</param>
    public static Converted Convert(DefinitionText file, string directory, Func<string, bool> fileExists)
    {
        var defaults = DefinitionDefaults.BuiltIn with { FileExists = fileExists };
        var read = DefinitionReader.Read([file], defaults);
        if (read.Pipeline is not { } pipeline)
        {
            return new(null, read.Problems);
        }

        var problems = new ProblemList([file]);
        var told = new HashSet<Place>();
        void Warn(Problem problem)
        {
            told.Add(problem.Place!);
            problems.Add(problem);
        }

        var yaml = Write(file, pipeline, new Rebasing(file.Directory, directory), Warn);
        foreach (var warning in read.Problems.Where(problem => problem.Place is null || !told.Contains(problem.Place)))
        {
            problems.Add(warning);
        }

        var again = DefinitionReader.Read([file with { Directory = directory, Text = yaml }], defaults);
        return again.Pipeline is not null
            ? new(yaml, problems.ToList())
            : new(null, [.. problems.ToList(), .. again.Problems.Where(p => !p.IsWarning).Select(p =>
                p with { Place = null, Message = $"the short layout cannot say what '{file.Name}' says: {p.Message}" })]);
    }

    private static string Write(DefinitionText file, Pipeline pipeline, Rebasing paths, Action<Problem> warn)
    {
        var root = (YamlMap)YamlTree.Read(file, _ => { })!;
        var document = DefinitionDocument.Read(file, _ => { });
        var writer = new BlockWriter();
        var layout = document.Functions.Any(function => function.IsFdl) ? " (SCAR 4's layout)" : "";
        writer.Comment(0, $"Written by 'scarnet convert' from {(file.Name == DefinitionFiles.StandardInput ? "standard input" : file.Name)}{layout}.");
        Around(file, root, writer, warn);
        writer.Key(0, "functions");
        foreach (var (node, meaning) in document.Functions.Zip(pipeline.Functions))
        {
            var function = new ShortFunction(meaning.Name, warn);
            var fields = new FieldConversion(paths, function, meaning);
            if (node.IsFdl)
            {
                FdlFunction.Convert((YamlMap)node.Node, function, fields);
            }
            else
            {
                FlatFunction.Convert((YamlMap)node.Node, function, fields);
            }

            function.WriteTo(writer, 2);
        }

        if (root.Find("storage_providers") is { IsNull: false } providers)
        {
            writer.Entry(0, providers.Name, providers.Value);
        }

        return writer.ToString();
    }

    /// <summary>What stands in the file besides functions that run here.</summary>
    private static void Around(DefinitionText file, YamlMap root, BlockWriter writer, Action<Problem> warn)
    {
        if (FileComments.First(file) is { } comment)
        {
            warn(new Problem(comment, "comments are not carried over", "copy those that are still needed", IsWarning: true));
        }

        foreach (var entry in root.Entries.Where(entry => entry.Name.StartsWith("x-", StringComparison.Ordinal)))
        {
            warn(new Problem(entry.Place, $"'{entry.Name}' is left out", "what it lent to functions is written out there", IsWarning: true));
            writer.Comment(0, $"Left out: {entry.Name}; what it lent to functions is written out there.");
        }

        if (root.Find("functions")?.Value is YamlMap functions && functions.Entries.FirstOrDefault(f => f.Name == "oscar") is { Value: YamlList oscar })
        {
            // By name only: these blocks hold the passwords of clusters.
            var names = oscar.Items.OfType<YamlMap>().SelectMany(cluster => cluster.Entries)
                .Select(cluster => $"'{((cluster.Value as YamlMap)?.Find("name")?.Value as YamlText)?.Text ?? "?"}' on '{cluster.Name}'");
            writer.Comment(0, $"Left out: functions.oscar ({string.Join(", ", names)}): ScarNet deploys to AWS and to the local engine.");
        }
    }
}
