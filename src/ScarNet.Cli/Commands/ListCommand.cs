using ScarNet.Cli.Deployed;
using ScarNet.Cli.Output;

namespace ScarNet.Cli.Commands;

internal static class ListCommand
{
    public static DocumentedCommand Create() =>
        new DocumentedCommand("ls", "list the functions that are there: mode, image, input, outputs, state", "[options]", "scarnet ls --local")
            .Does((_, session, cancellation) => Run(session, cancellation));

    private static async Task<int> Run(Session session, CancellationToken cancellation)
    {
        using var clients = await Cloud.Connect(session, cancellation);
        var functions = await new DeployedFunctions(clients).All(cancellation);
        session.Terminal.Answer(
            session.Options.Json, new ListAnswer([.. functions.Select(ListedFunction.Of)]), AnswerJson.Shapes.ListAnswer, ListText.Of);
        return ExitCode.Done;
    }
}
