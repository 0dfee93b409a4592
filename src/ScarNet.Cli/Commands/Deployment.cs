using ScarNet.Aws;
using ScarNet.Cli.Deploy;
using ScarNet.Cli.Output;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Commands;

/// <summary><c>scarnet plan</c> and <c>scarnet init</c>.</summary>
internal sealed class Deployment(Session session)
{
    public async Task<int> Plan(IReadOnlyList<string> files, CancellationToken cancellation)
    {
        if (PipelineFiles.Load(files, session) is not { } pipeline)
        {
            return ExitCode.Wrong;
        }

        using var clients = await Cloud.Connect(session, cancellation);
        Show(await Planned(pipeline, clients, cancellation), applied: false);
        return ExitCode.Done;
    }

    public async Task<int> Init(IReadOnlyList<string> files, CancellationToken cancellation)
    {
        if (PipelineFiles.Load(files, session) is not { } pipeline)
        {
            return ExitCode.Wrong;
        }

        using var clients = await Cloud.Connect(session, cancellation);
        var plan = await Planned(pipeline, clients, cancellation);
        await Applier.Apply(plan, new StepLines(session.Terminal), cancellation);
        Show(plan, applied: true);
        return ExitCode.Done;
    }

    private static Task<DeployPlan> Planned(Pipeline pipeline, AwsClients clients, CancellationToken cancellation) =>
        Planner.Plan(pipeline, new DeploySettings { Clients = clients, Supervisor = Installation.Supervisor }, cancellation);

    private void Show(DeployPlan plan, bool applied) => session.Terminal.Answer(
        session.Options.Json, PlanAnswer.Of(plan, applied), AnswerJson.Shapes.PlanAnswer, PlanText.Of);
}
