using System.CommandLine;

namespace ScarNet.Cli.Commands;

internal static class InitCommand
{
    public static DocumentedCommand Create()
    {
        var files = PipelineFiles.Option(required: true);
        var boundary = BoundaryOption.Create();
        var noRollback = new Option<bool>("--no-rollback") { Description = "when a step fails, leave what has been created; 'init' again goes on from there" };
        var command = new DocumentedCommand(
            "init", "make everything a pipeline needs, or bring it up to date; doing it twice changes nothing", "-f FILE... [options]", "scarnet init --local -f pipeline.yaml");
        command.AddAll([files, boundary, noRollback]);
        return command.Does((parse, session, cancellation) =>
            new Deployment(session).Init(parse.GetRequiredValue(files), parse.GetValue(boundary), rollback: !parse.GetValue(noRollback), cancellation));
    }
}
