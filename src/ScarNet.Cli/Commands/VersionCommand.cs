using ScarNet.Cli.Output;

namespace ScarNet.Cli.Commands;

internal static class VersionCommand
{
    public static DocumentedCommand Create() =>
        new DocumentedCommand("version", "print the version", "", "scarnet version")
            .Does((_, session, _) =>
            {
                session.Terminal.Answer(
                    session.Options.Json, new VersionAnswer(ProductVersion.Number), AnswerJson.Shapes.VersionAnswer, _ => ProductVersion.Line);
                return Task.FromResult(ExitCode.Done);
            });
}
