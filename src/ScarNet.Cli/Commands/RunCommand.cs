using System.CommandLine;

namespace ScarNet.Cli.Commands;

internal static class RunCommand
{
    public static DocumentedCommand Create()
    {
        var files = PipelineFiles.Option(required: false);
        var name = FunctionName.Option(required: false);
        var command = new DocumentedCommand(
            "run",
            "process what already lies in the input bucket: one invocation an object",
            "-f FILE | -n NAME [options]",
            "scarnet run --local -f pipeline.yaml",
            "scarnet run --local -n grayify");
        command.AddAll([files, name]);
        return command.Does((parse, session, cancellation) =>
            new Run(session).Carry(new(parse.GetValue(files) ?? [], parse.GetValue(name) ?? []), cancellation));
    }
}

/// <param name="Files">Function files: their first functions, or those of <paramref name="Names"/>.</param>
/// <param name="Names">Functions.</param>
internal sealed record RunRequest(IReadOnlyList<string> Files, IReadOnlyList<string> Names);
