using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScarNet.Cli.Conversion;
using ScarNet.Cli.Definitions;
using ScarNet.Core.Functions;

namespace ScarNet.Tests.Conversion;

/// <summary>What a function file says, without where it says it.</summary>
internal static class Meaning
{
    private static readonly string[] places = [nameof(FunctionDefinition.Place), nameof(FunctionDefinition.Places), nameof(FunctionDefinition.NotUsedYet)];

    private static readonly JsonSerializerOptions json = new()
    {
        WriteIndented = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver
        {
            Modifiers =
            {
                type =>
                {
                    foreach (var property in type.Properties.Where(property => places.Contains(property.Name)).ToList())
                    {
                        type.Properties.Remove(property);
                    }
                },
            },
        },
    };

    public static DefinitionText File(string yaml) => new("scar.yaml", "/files", yaml);

    public static Converted Convert(string yaml, string directory = "/files") => Converter.Convert(File(yaml), directory, _ => true);

    public static string Of(Pipeline pipeline) => JsonSerializer.Serialize(pipeline, json);

    public static string Of(DefinitionText file) => Of(Read(file)!);

    public static Pipeline? Read(DefinitionText file) =>
        DefinitionReader.Read([file], DefinitionDefaults.BuiltIn with { FileExists = _ => true }).Pipeline;

    /// <summary>The converted text of a good file, which means the same wherever it is written and converts to itself.</summary>
    public static string Same(DefinitionText file)
    {
        var (yaml, problems) = Converter.Convert(file, file.Directory, _ => true);
        var elsewhere = Converter.Convert(file, "/else/where", _ => true).Yaml;

        Assert.DoesNotContain(problems, problem => !problem.IsWarning);
        Assert.Equal(Of(file), Of(file with { Text = yaml! }));
        Assert.Equal(Of(file), Of(file with { Text = elsewhere!, Directory = "/else/where" }));
        Assert.Equal(Body(yaml!), Body(Converter.Convert(file with { Text = yaml! }, file.Directory, _ => true).Yaml!));
        return yaml!;
    }

    /// <summary>Without comments on lines of their own, which a conversion does not carry over.</summary>
    private static string Body(string yaml) => string.Join('\n', yaml.Split('\n').Where(line => !line.TrimStart().StartsWith('#')));
}
