using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Conversion;

/// <summary>Fields that have the same name in every layout: their values in normal form.</summary>
/// <param name="paths">Where paths of files start from, before and after.</param>
/// <param name="function">Takes the fields.</param>
/// <param name="meaning">The function as it was read.</param>
internal sealed class FieldConversion(Rebasing paths, ShortFunction function, FunctionDefinition meaning)
{
    /// <param name="entry">The field.</param>
    /// <param name="block">The block it stands in, with a dot; empty for the function's own.</param>
    public void Convert(YamlEntry entry, string block = "")
    {
        switch (entry.Name)
        {
            case "init_script" or "image_file" or "run_script" or "task" or "cwl" or "package":
                function.Set(entry.Name, paths.Move(entry.Value));
                break;
            case "files":
                function.Set(entry.Name, paths.MoveFiles(entry.Value));
                break;
            case "input" or "output":
                function.Set(entry.Name, Storage(entry.Value));
                break;
            case "environment" or "lambda_environment" or "tags":
                Variables(entry.Name, entry);
                break;
            case "batch":
                BatchBlock.Convert((YamlMap)entry.Value, function, isFdl: false);
                break;
            case "log_level":
                LogLevel(entry);
                break;
            case "c_args" or "command" or "commands" or "description":
                function.Set(entry.Name, Blocks.Quoted(entry.Value));
                break;
            case "asynchronous":
                function.LeaveOut(block + entry.Name, entry, "'scarnet invoke' and 'scarnet run' say themselves how they call");
                break;
            case "extra_payload":
                function.LeaveOut(block + entry.Name, entry, "'package' and 'files' bring files beside the function file into the workspace");
                break;
            default:
                function.Set(entry.Name, entry.Value);
                break;
        }
    }

    public void Variables(string field, YamlEntry entry)
    {
        var variables = Blocks.Variables(entry.Value);
        function.Set(field, variables);
        foreach (var variable in (variables as YamlMap)?.Entries.Where(variable => IsTrap(entry.Value, variable)).Take(1) ?? [])
        {
            function.Tell(
                variable.Value.Place,
                field,
                $"{variable.Name} of function '{function.Name}' is no text to every reader of YAML: SCAR gave scripts what its reader made of '{((YamlText)variable.Value).Text}', ScarNet gives them what stands here",
                "quotes keep it");
        }
    }

    /// <summary>Whether SCAR's reader made another text of an unquoted value: of yes, of 010, of 1e3; not of 10.</summary>
    private static bool IsTrap(YamlNode source, YamlEntry variable)
    {
        var map = source is YamlMap { Entries: [{ Name: "Variables", Value: YamlMap inner }] } ? inner : source as YamlMap;
        return map?.Find(variable.Name)?.Value is YamlText { IsQuoted: false } text
            && YamlScalar.IsRetyped(text.Text) && (!int.TryParse(text.Text, out var number) || number.ToString(System.Globalization.CultureInfo.InvariantCulture) != text.Text);
    }

    private void LogLevel(YamlEntry entry)
    {
        var given = (entry.Value as YamlText)?.Text;
        function.Set(entry.Name, Blocks.Text(entry.Value.Place, meaning.LogLevel));
        if (given != meaning.LogLevel)
        {
            function.Tell(
                entry.Value.Place,
                entry.Name,
                $"'log_level' of function '{function.Name}' is '{given}', which is '{meaning.LogLevel}' here: SCAR's supervisor ends with an error on a level in lower case");
        }
    }

    /// <summary>The account's own S3 needs no name.</summary>
    private static YamlNode Storage(YamlNode node) => node switch
    {
        YamlList list => new YamlList(list.Place, [.. list.Items.Select(Storage)]),
        YamlMap map when map.Find("storage_provider")?.Value is YamlText { Text: "s3" } => Blocks.Without(map, "storage_provider"),
        _ => node,
    };
}
