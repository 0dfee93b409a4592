using ScarNet.Core;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Deploy;

/// <summary>What AWS needs and no file can leave out: named before anything is created.</summary>
internal static class Requirements
{
    /// <exception cref="ScarException">With every problem, one a line.</exception>
    public static void Check(IReadOnlyList<FunctionDefinition> functions, Target target) =>
        Refuse([.. functions.SelectMany(function => Of(function, target))]);

    /// <summary>What is known once the images have been looked at.</summary>
    /// <exception cref="ScarException">With every problem, one a line.</exception>
    public static void Check(IReadOnlyList<FunctionPlan> functions) => Refuse([.. functions.Where(f => f.UsesBatch).SelectMany(Of)]);

    private static void Refuse(List<Problem> problems)
    {
        if (problems.Count > 0)
        {
            throw new ScarException(
                string.Join('\n', problems.Select(p => p.Message)),
                string.Join("; ", problems.Select(p => p.Hint).Distinct()));
        }
    }

    public static IEnumerable<Problem> Of(FunctionDefinition function, Target target)
    {
        if (function.Script is null)
        {
            yield return Problem(function, "has nothing to run", "give it init_script, command or commands");
        }

        if (target.IsEngine)
        {
            yield break;
        }

        if (function.Script?.Cwl is not null && function.Image is null)
        {
            yield return Problem(
                function, "runs cwltool, which neither Lambda nor Batch's machines have", "name an 'image' that has it, with 'execution_mode: batch'");
        }

        if (function.Mode != ExecutionMode.Lambda && function.Batch.Queue is null)
        {
            const string Both = "set 'subnets' and 'security_group_ids' of its compute resources, or neither: then its jobs run in the region's default VPC";
            if (function.Batch.Compute is { Subnets.Count: 0, SecurityGroupIds.Count: > 0 })
            {
                yield return Problem(function, "has security groups for its Batch jobs, and no subnets", Both);
            }

            if (function.Batch.Compute is { Subnets.Count: > 0, SecurityGroupIds.Count: 0 })
            {
                yield return Problem(function, "has subnets for its Batch jobs, and no security groups", Both);
            }
        }
    }

    private static IEnumerable<Problem> Of(FunctionPlan plan)
    {
        var function = plan.Function;
        if (function.Script?.Task is null
            && Launching.Problem(plan.Launch, function.Image, plan.Image?.Entrypoint ?? [], function.Batch.OnFargate && !plan.Target.IsEngine) is { } problem)
        {
            yield return Problem(function, problem.Message, problem.Hint);
        }

        if (plan.Launch == LaunchMode.Multi && function.Batch is { OnFargate: true, RunnerImage: null } && !plan.Target.IsEngine)
        {
            yield return Problem(
                function,
                "runs on Fargate, where the supervisor has to come with an image, and names none",
                "set 'batch: {runner_image: ...}' to an image of the supervisor: docs/runner.md has the three lines that make one");
        }
    }

    private static Problem Problem(FunctionDefinition function, string message, string hint) =>
        new(function.Place, $"{(function.Place is { } place ? $"{place}: " : "")}function '{function.Name}' {message}", hint);
}
