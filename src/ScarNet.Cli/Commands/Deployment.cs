using ScarNet.Aws;
using ScarNet.Cli.Deploy;
using ScarNet.Cli.Output;
using ScarNet.Core;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Commands;

/// <summary><c>scarnet plan</c> and <c>scarnet init</c>.</summary>
internal sealed class Deployment(Session session)
{
    /// <param name="files">The function files.</param>
    /// <param name="boundary">The most that roles may do.</param>
    /// <param name="detailed">Whether the exit code tells apart that there is nothing to do (0), something (2), and a failure (1).</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<int> Plan(IReadOnlyList<string> files, RoleBoundary boundary, bool detailed, CancellationToken cancellation)
    {
        if (PipelineFiles.Load(files, session) is not { } pipeline)
        {
            return detailed ? ExitCode.Failed : ExitCode.Wrong;
        }

        try
        {
            using var clients = await Cloud.Connect(session, cancellation, manyCalls: true);
            var plan = await Planned(pipeline, clients, boundary, cancellation);
            Show(plan, applied: false);
            return detailed && !plan.IsEmpty ? ExitCode.SomethingToDo : ExitCode.Done;
        }
        catch (ScarException e) when (detailed)
        {
            session.Terminal.Fail(e);
            return ExitCode.Failed;
        }
    }

    public async Task<int> Init(IReadOnlyList<string> files, RoleBoundary boundary, bool rollback, CancellationToken cancellation)
    {
        if (PipelineFiles.Load(files, session) is not { } pipeline)
        {
            return ExitCode.Wrong;
        }

        using var clients = await Cloud.Connect(session, cancellation, manyCalls: true);
        var plan = await Planned(pipeline, clients, boundary, cancellation);
        await Applier.Apply(plan, new StepLines(session.Terminal), cancellation, rollback, Interruption.WhileUndoing);
        Show(plan, applied: true);
        return ExitCode.Done;
    }

    private async Task<DeployPlan> Planned(Pipeline pipeline, AwsClients clients, RoleBoundary boundary, CancellationToken cancellation)
    {
        var settings = new DeploySettings { Clients = clients, Supervisor = Installation.Supervisor, Boundary = boundary };
        var plan = await Planner.Plan(pipeline, settings, cancellation);
        foreach (var warning in plan.Warnings)
        {
            session.Terminal.Warn(warning);
        }

        return plan;
    }

    private void Show(DeployPlan plan, bool applied) => session.Terminal.Answer(
        session.Options.Json, PlanAnswer.Of(plan, applied), AnswerJson.Shapes.PlanAnswer, PlanText.Of);
}
