using ScarNet.Cli.Output;
using ScarNet.Cli.Trials;

namespace ScarNet.Cli.Commands;

/// <summary><c>scarnet try</c>.</summary>
internal sealed class Try(Session session)
{
    public async Task<int> Run(TrialRequest request, CancellationToken cancellation)
    {
        var result = await new Trial(session.Terminal, session.Clock).Run(request, cancellation);
        StuckWork.Tell(session.Terminal, result.Stuck);
        foreach (var failure in result.NotGotten)
        {
            session.Terminal.Fail($"{failure.From} could not become a file: {failure.Reason.Message}", null);
        }

        session.Terminal.Answer(
            session.Options.Json, TrialAnswer.Of(result, request.To), AnswerJson.Shapes.TrialAnswer, answer => TrialText.Of(answer, session.Terminal.AnswerWidth));
        return result.Succeeded ? ExitCode.Done : ExitCode.Failed;
    }
}
