using ScarNet.Cli.Deploy;

namespace ScarNet.Cli.Output;

/// <summary>What <c>plan</c> and <c>init</c> answer. <c>Applied</c>: the steps have been carried out.</summary>
internal sealed record PlanAnswer(bool Applied, int Create, int Update, int Delete, int Keep, IReadOnlyList<PlanStep> Steps)
{
    public static PlanAnswer Of(DeployPlan plan, bool applied) => new(
        applied,
        plan.Steps.Count(step => step.Kind == StepKind.Create),
        plan.Steps.Count(step => step.Kind is StepKind.Update or StepKind.Replace),
        plan.Steps.Count(step => step.Kind == StepKind.Delete),
        plan.Steps.Count(step => step.Kind == StepKind.Keep),
        [.. plan.Steps.Select(PlanStep.Of)]);
}

internal sealed record PlanStep(
    string Action, string Resource, string Name, string? Function, string Reason, IReadOnlyList<StepChange> Changes)
{
    public static PlanStep Of(Step step) =>
        new(step.Kind.ToString().ToLowerInvariant(), step.Resource, step.Name, step.Function, step.Reason, step.Changes);
}
