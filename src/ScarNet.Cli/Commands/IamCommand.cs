using ScarNet.Cli.Deploy;
using ScarNet.Cli.Output;

namespace ScarNet.Cli.Commands;

internal static class IamCommand
{
    public static DocumentedCommand Create()
    {
        var files = PipelineFiles.Option(required: true);
        var command = new DocumentedCommand(
            "iam",
            "print the roles of a pipeline's functions with their policies, and change nothing",
            "-f FILE... [options]",
            "scarnet iam -f pipeline.yaml",
            "scarnet iam -f pipeline.yaml --output json");
        command.Options.Add(files);
        return command.Does((parse, session, cancellation) => Run(parse.GetRequiredValue(files), session, cancellation));
    }

    private static async Task<int> Run(IReadOnlyList<string> files, Session session, CancellationToken cancellation)
    {
        if (PipelineFiles.Load(files, session) is not { } pipeline)
        {
            return ExitCode.Wrong;
        }

        using var clients = await Cloud.Connect(session, cancellation);
        var targets = await Target.Of(pipeline, clients, cancellation);
        var roles = targets.SelectMany(part => FunctionRoleSet.Of(part.Target, part.Functions).SelectMany(set => NeededRole.Of(set, part.Target)));
        session.Terminal.Answer(session.Options.Json, new IamAnswer([.. roles]), AnswerJson.Shapes.IamAnswer, IamText.Of);
        return ExitCode.Done;
    }
}
