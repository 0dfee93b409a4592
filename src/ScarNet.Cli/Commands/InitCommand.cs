namespace ScarNet.Cli.Commands;

internal static class InitCommand
{
    public static DocumentedCommand Create()
    {
        var files = PipelineFiles.Option(required: true);
        var command = new DocumentedCommand(
            "init", "make everything a pipeline needs, or bring it up to date; doing it twice changes nothing", "-f FILE... [options]", "scarnet init --local -f pipeline.yaml");
        command.Options.Add(files);
        return command.Does((parse, session, cancellation) => new Deployment(session).Init(parse.GetRequiredValue(files), cancellation));
    }
}

internal static class PlanCommand
{
    public static DocumentedCommand Create()
    {
        var files = PipelineFiles.Option(required: true);
        var command = new DocumentedCommand(
            "plan", "show what 'init' would change, and change nothing", "-f FILE... [options]", "scarnet plan --local -f pipeline.yaml");
        command.Options.Add(files);
        return command.Does((parse, session, cancellation) => new Deployment(session).Plan(parse.GetRequiredValue(files), cancellation));
    }
}
