using ScarNet.Cli.Deploy;
using ScarNet.Cli.Output;
using ScarNet.Core;

namespace ScarNet.Cli.Commands;

/// <summary><c>scarnet rollback</c>.</summary>
internal sealed class GoingBack(Session session)
{
    public async Task<int> Run(RollbackRequest request, CancellationToken cancellation)
    {
        var pipeline = request.Files.Count > 0 ? PipelineFiles.Load(request.Files, session) : null;
        if (request.Files.Count > 0 && pipeline is null)
        {
            return ExitCode.Wrong;
        }

        if (pipeline is not null && request.Names.FirstOrDefault(name => pipeline.Functions.All(f => f.Name != name)) is { } unknown)
        {
            throw new ScarException($"the file has no function '{unknown}'", $"it has {string.Join(", ", pipeline.Functions.Select(f => f.Name))}");
        }

        var functions = request.Names.Count > 0 ? request.Names.Count : pipeline!.Functions.Count;
        if (request.To is not null && functions > 1)
        {
            throw new ScarException("--to is a version of one function: each counts its own", "name the function, too");
        }

        using var clients = await Cloud.Connect(session, cancellation, manyCalls: true);
        var plan = pipeline is null
            ? await Rollback.Plan(request.Names, request.To, clients, cancellation)
            : await Rollback.Plan(pipeline, request.Names, request.To, clients, cancellation);
        var answer = PlanAnswer.Of(plan, applied: false);
        if (!plan.IsEmpty)
        {
            session.Terminal.Say(PlanText.Of(answer));
            session.Terminal.Say(Rollback.Stays);
            await Question.Confirm(session.Terminal, "Go there?", request.Yes, cancellation);
            await Applier.Apply(plan, null, cancellation);
        }

        session.Terminal.Answer(session.Options.Json, answer with { Applied = true }, AnswerJson.Shapes.PlanAnswer, PlanText.Of);
        return ExitCode.Done;
    }
}
