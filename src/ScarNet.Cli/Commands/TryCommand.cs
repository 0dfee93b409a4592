using System.CommandLine;
using ScarNet.Cli.Local;
using ScarNet.Cli.Trials;

namespace ScarNet.Cli.Commands;

internal static class TryCommand
{
    public static DocumentedCommand Create()
    {
        var files = PipelineFiles.Option(required: true, takesSeveral: false);
        var inputs = new Argument<string[]>("INPUT...")
        {
            Description = "files and directories for the first functions of the pipeline",
            Arity = ArgumentArity.OneOrMore,
        };
        var to = new Option<string?>("--to") { Description = "directory for every output (default: ./<pipeline>-output)", HelpName = "DIR" };
        var keep = new Option<bool>("--keep") { Description = "keep the engine's directory, to look at afterwards" };
        var timeout = Duration.Option("--timeout", "longest time to wait for the results, such as 90s, 10m, 1h");
        var command = new DocumentedCommand(
            "try",
            "run a pipeline once on this machine and get every output; exit 1 when an invocation failed",
            "-f FILE INPUT... [--to DIR] [options]",
            "scarnet try -f pipeline.yaml photos/*.jpg --to results");
        command.Arguments.Add(inputs);
        command.AddAll([files, to, keep, timeout, .. EngineOptions.WithoutPort]);
        return command.Does((parse, session, cancellation) =>
        {
            if (PipelineFiles.Load(parse.GetRequiredValue(files), session) is not { } pipeline)
            {
                return Task.FromResult(ExitCode.Wrong);
            }

            var request = new TrialRequest(
                pipeline,
                parse.GetRequiredValue(inputs),
                parse.GetValue(to) ?? $"{pipeline.Name}-output",
                parse.GetValue(keep),
                parse.GetValue(timeout),
                EngineOptions.From(parse));
            return new Try(session).Run(request, cancellation);
        });
    }
}
