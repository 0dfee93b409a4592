namespace ScarNet.Cli.Output;

/// <summary>A plan for reading: what changes, why, and field by field. The marks are those of terraform.</summary>
internal static class PlanText
{
    public static string Of(PlanAnswer plan)
    {
        var ending = plan switch
        {
            { Create: 0, Update: 0, Delete: 0 } => $"nothing to do: {Amount.Of(plan.Keep, "thing")} as they should be",
            { Applied: true } => $"{plan.Create} created, {plan.Update} updated, {plan.Delete} deleted, {plan.Keep} kept",
            _ => $"{plan.Create} to create, {plan.Update} to update, {plan.Delete} to delete, {plan.Keep} to keep",
        };
        return plan.Applied ? ending : string.Concat(plan.Steps.Where(step => step.Action != "keep").Select(Step)) + ending;
    }

    private static string Step(PlanStep step)
    {
        var changes = step.Changes.Select(change =>
            Printable.Of($"      {change.Field}: {change.Old ?? "(not set)"} -> {change.New ?? "(not set)"}") + "\n");
        return Printable.Of($"{Mark(step.Action),3} {step.Resource} '{step.Name}': {step.Reason}") + "\n" + string.Concat(changes);
    }

    private static string Mark(string action) => action switch
    {
        "create" => "+",
        "update" => "~",
        "replace" => "-/+",
        "delete" => "-",
        _ => "",
    };
}
