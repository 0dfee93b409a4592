using ScarNet.Cli.Deploy;
using ScarNet.Cli.Output;

namespace ScarNet.Cli.Commands;

/// <summary><c>scarnet rm</c>.</summary>
internal sealed class Removal(Session session)
{
    public async Task<int> Run(RemoveRequest request, CancellationToken cancellation)
    {
        var pipeline = request.Files.Count > 0 ? PipelineFiles.Load(request.Files, session) : null;
        if (request.Files.Count > 0 && pipeline is null)
        {
            return ExitCode.Wrong;
        }

        using var clients = await Cloud.Connect(session, cancellation, manyCalls: true);
        var settings = new DeploySettings { Clients = clients, Supervisor = "" }; // makes nothing, so it needs none
        var plan = pipeline is null
            ? await Remover.Plan(request.Names, settings, request.DeleteBuckets, request.Jobs, cancellation)
            : await Remover.Plan(pipeline, settings, request.DeleteBuckets, request.Jobs, cancellation);
        var answer = PlanAnswer.Of(plan, applied: false);
        if (!plan.IsEmpty)
        {
            session.Terminal.Say(PlanText.Of(answer));
            await Question.Confirm(session.Terminal, "Remove them?", request.Yes, cancellation);
            await Applier.Apply(plan, new StepLines(session.Terminal, waitsOnly: true), cancellation);
        }

        foreach (var kept in plan.Kept)
        {
            session.Terminal.Say($"kept: {kept}");
        }

        session.Terminal.Answer(
            session.Options.Json, answer with { Applied = true }, AnswerJson.Shapes.PlanAnswer, a => a.Delete == 0 ? "there was nothing to remove" : PlanText.Of(a));
        return ExitCode.Done;
    }
}
