using System.Text.Json;
using ScarNet.Core.Functions;

namespace ScarNet.Core.Jobs;

/// <summary>What the names of a <see cref="CommandTemplate"/> stand for in one run.</summary>
/// <param name="run">The run.</param>
/// <param name="environment">The script's environment.</param>
public sealed class TemplateWords(ScriptRun run, IReadOnlyDictionary<string, string> environment)
{
    /// <summary>The words of a name; none for what this run does not have.</summary>
    /// <exception cref="ScarException">The name asks for a variable or a piece of data that is not there.</exception>
    public IReadOnlyList<string> Of(string name) => name.Split('.', 2) switch
    {
        ["inputs", var input] => run.Inputs.GetValueOrDefault(input) ?? [],
        ["references", var reference] => run.References.GetValueOrDefault(reference) ?? [],
        ["parameters", var parameter] => [run.Parameters.GetValueOrDefault(parameter) ?? throw Missing(name, "the function declares no such parameter")],
        ["env", var variable] => [environment.GetValueOrDefault(variable) ?? throw Missing(name, "no such variable is set")],
        ["data", var path] => [Data(name, path)],
        _ => Plain(name) is { } value ? [value] : [],
    };

    private string? Plain(string name) => name switch
    {
        "input" => run.InputFile,
        "input_dir" => run.Workspace.Input,
        "output_dir" => run.Workspace.Output,
        "tmp_dir" => run.Workspace.Temporary,
        "workspace" => run.Workspace.Root,
        "job_data_file" => run.Workspace.JobData,
        "bucket" => run.Source?.Object.Bucket,
        "key" => run.Source?.Object.Key,
        "key_name" => run.Source?.Object.FileName,
        "key_stem" => Path.GetFileNameWithoutExtension(run.Source?.Object.FileName),
        "function" => run.Function,
        "pipeline" => run.Pipeline,
        "request_id" => run.RequestId,
        "execution_id" => run.InvocationId,
        "branch" => run.ArrayIndex ?? "main",
        "region" => run.Region,
        "account" => run.Account,
        _ => throw new ScarException($"a command has the unknown name '{{{{ {name} }}}}'", "'scarnet validate' tells of it"),
    };

    // As JSON writes it: true and false in lower case, numbers digit by digit.
    private string Data(string name, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(run.Raw ?? "null");
            var value = document.RootElement;
            foreach (var part in path.Split('.'))
            {
                if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(part, out value))
                {
                    throw Missing(name, $"the data has no '{part}'");
                }
            }

            return value.ValueKind switch
            {
                JsonValueKind.Null => throw Missing(name, "it is null"),
                JsonValueKind.String => value.GetString()!,
                _ => value.GetRawText(),
            };
        }
        catch (JsonException)
        {
            throw Missing(name, "the data is no JSON");
        }
    }

    private static ScarException Missing(string name, string why) =>
        new($"'{{{{ {name} }}}}' of a command has no value: {why}", "a shell's ${name:-default} can do without");
}
