using ScarNet.Cli.Output;

namespace ScarNet.Cli.Commands;

internal static class ValidateCommand
{
    public static DocumentedCommand Create()
    {
        var files = PipelineFiles.Option(required: true);
        var command = new DocumentedCommand(
            "validate", "report every problem of function files, with place and hint; exit 2 when there is one", "-f FILE... [options]", "scarnet validate -f pipeline.yaml");
        command.Options.Add(files);
        return command.Does((parse, session, _) => Task.FromResult(Run(parse.GetRequiredValue(files), session)));
    }

    private static int Run(IReadOnlyList<string> files, Session session)
    {
        var read = PipelineFiles.Read(files);
        if (session.Options.Json)
        {
            session.Terminal.Answer(true, ValidateAnswer.Of(read), AnswerJson.Shapes.ValidateAnswer, _ => "");
        }
        else
        {
            session.Terminal.Report(read.Problems);
            if (read.Pipeline is { } pipeline)
            {
                session.Terminal.Answer($"{string.Join(", ", files)}: {Amount.Of(pipeline.Functions.Count, "function")}, no problems");
            }
        }

        return read.Pipeline is null ? ExitCode.Wrong : ExitCode.Done;
    }
}
