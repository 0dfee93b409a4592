using System.CommandLine;

namespace ScarNet.Cli.Commands;

internal static class RunCommand
{
    public static DocumentedCommand Create()
    {
        var files = PipelineFiles.Option(required: false);
        var name = FunctionName.Option(required: false);
        var array = new Option<bool>("--array")
        {
            Description = "array jobs of up to 10,000 objects for functions in batch mode; 'false' invokes them one by one",
            DefaultValueFactory = _ => true,
            HelpName = "true|false",
        };
        var parameters = ParameterOption.Create();
        var command = new DocumentedCommand(
            "run",
            "process what already lies in the input bucket: one invocation an object, or array jobs",
            "-f FILE | -n NAME [-P NAME=VALUE]... [options]",
            "scarnet run --local -f pipeline.yaml",
            "scarnet run --local -n grayify");
        command.AddAll([files, name, array, parameters]);
        return command.Does((parse, session, cancellation) =>
            new Run(session).Carry(
                new(parse.GetValue(files) ?? [], [.. (parse.GetValue(name) ?? []).Distinct()], parse.GetValue(array), ParameterOption.Read(parse.GetValue(parameters))),
                cancellation));
    }
}

/// <param name="Files">Function files: their first functions, or those of <paramref name="Names"/>.</param>
/// <param name="Names">Functions.</param>
/// <param name="Array">Whether functions in batch mode get array jobs.</param>
/// <param name="Parameters">Values for parameters: each function takes those that it declares.</param>
internal sealed record RunRequest(
    IReadOnlyList<string> Files, List<string> Names, bool Array, IReadOnlyDictionary<string, string> Parameters);
