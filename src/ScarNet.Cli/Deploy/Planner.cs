using ScarNet.Core.Functions;

namespace ScarNet.Cli.Deploy;

/// <summary>Looks at what is there and says what has to change, changing nothing. What is there is read from the account every time.</summary>
public static class Planner
{
    /// <exception cref="Core.ScarException">Something stands in the way; nothing has been created.</exception>
    public static async Task<DeployPlan> Plan(Pipeline pipeline, DeploySettings settings, CancellationToken cancellation)
    {
        var supervisor = await SupervisorBinary.Read(settings.Supervisor, cancellation);
        var targets = await Target.Of(pipeline, settings.Clients, cancellation);
        foreach (var (target, functions) in targets)
        {
            Requirements.Check(functions, target);
        }

        var plans = await Task.WhenAll(targets.Select(async part =>
        {
            var functions = await Task.WhenAll(
                part.Functions.Select(f => FunctionPlan.Of(f, pipeline.Name, part.Target, supervisor, settings.Images, cancellation)));
            Requirements.Check(functions);
            return await new PlanBuilder(part.Target, functions, supervisor, settings.Boundary).Build(cancellation);
        }));
        return new DeployPlan([.. plans.SelectMany(plan => plan.Steps)]) { Warnings = [.. plans.SelectMany(plan => plan.Warnings)] };
    }
}
