using System.CommandLine;

namespace ScarNet.Cli.Commands;

internal static class WaitCommand
{
    public static DocumentedCommand Create()
    {
        var files = PipelineFiles.Option(required: false);
        var name = FunctionName.Option(required: false);
        var timeout = Duration.Option("--timeout", "longest time to wait, such as 90s, 10m, 1h (default: as long as it takes)");
        var command = new DocumentedCommand(
            "wait",
            "wait until nothing is pending; exit 1 when an invocation failed",
            "[-f FILE | -n NAME] [options]",
            "scarnet wait --local --timeout 10m");
        command.AddAll([files, name, timeout]);
        return command.Does((parse, session, cancellation) =>
            new Wait(session).Run(new(parse.GetValue(files) ?? [], parse.GetValue(name) ?? [], parse.GetValue(timeout)), cancellation));
    }
}

/// <param name="Files">Function files; their functions count.</param>
/// <param name="Names">Names of functions that count; with no file and no name all do.</param>
/// <param name="Timeout">Null waits as long as it takes.</param>
internal sealed record WaitRequest(IReadOnlyList<string> Files, IReadOnlyList<string> Names, TimeSpan? Timeout);
