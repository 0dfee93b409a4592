using ScarNet.Core.Functions;
using ScarNet.Core.Iam;

namespace ScarNet.Cli.Deploy;

/// <summary>The roles that one function needs on one target.</summary>
/// <param name="Function">The function.</param>
/// <param name="Execution">What Lambda runs it as.</param>
/// <param name="Job">What Batch runs its jobs as; null when it has none.</param>
internal sealed record FunctionRoleSet(FunctionDefinition Function, RoleDefinition Execution, RoleDefinition? Job)
{
    /// <param name="target">Where they go.</param>
    /// <param name="functions">All functions that go there.</param>
    /// <exception cref="Core.ScarException">A policy would be too long.</exception>
    public static IReadOnlyList<FunctionRoleSet> Of(Target target, IReadOnlyList<FunctionDefinition> functions)
    {
        var queues = BatchCompute.Of(functions.Where(f => f.Mode is ExecutionMode.Batch or ExecutionMode.LambdaBatch)).QueueOf;
        return [.. functions.Select(function => Of(function, new(target.Place, functions)
        {
            ArtifactBucket = target.ArtifactBucketOf(function),
            Queue = queues.GetValueOrDefault(function.Name),
            JobDefinition = Names.JobDefinition(function.Name),
            LogGroup = Names.LogGroup(function.Name),
        }))];
    }

    private static FunctionRoleSet Of(FunctionDefinition function, RoleSetting setting) =>
        new(function, FunctionRoles.Execution(function, setting), FunctionRoles.Job(function, setting));
}
