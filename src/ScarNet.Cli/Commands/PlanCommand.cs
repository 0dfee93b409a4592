using System.CommandLine;

namespace ScarNet.Cli.Commands;

internal static class PlanCommand
{
    private const string DetailedExitCode = "--detailed-exit-code";

    public static DocumentedCommand Create()
    {
        var files = PipelineFiles.Option(required: true);
        var boundary = BoundaryOption.Create();
        var detailed = new Option<bool>(DetailedExitCode, "--detailed-exitcode")
        {
            Description = "exit code 0: nothing to do, 2: something to do, 1: it cannot be said",
        };
        var command = new DocumentedCommand(
            "plan", "show what 'init' would change, and change nothing", "-f FILE... [options]", "scarnet plan --local -f pipeline.yaml");
        command.AddAll([files, boundary, detailed]);
        return command.Does((parse, session, cancellation) =>
            new Deployment(session).Plan(parse.GetRequiredValue(files), parse.GetValue(boundary), parse.GetValue(detailed), cancellation));
    }

    /// <summary>What a command line that cannot be read ends with: 2 would say that there is something to do.</summary>
    public static int ExitCodeOfUsageError(IReadOnlyList<string> arguments) =>
        arguments.Contains("plan") && arguments.Any(argument => argument is DetailedExitCode or "--detailed-exitcode") ? ExitCode.Failed : ExitCode.Wrong;
}
