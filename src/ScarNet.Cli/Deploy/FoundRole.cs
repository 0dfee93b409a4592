using ScarNet.Core.Iam;

namespace ScarNet.Cli.Deploy;

/// <summary>A role that is there.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arn">Its ARN.</param>
/// <param name="Trust">JSON.</param>
/// <param name="Policy">JSON of the inline policy that is ours; null when it has none.</param>
/// <param name="Tags">By name.</param>
/// <param name="Boundary">ARN of the most that it may do; null when it has none.</param>
internal sealed record FoundRole(string Name, string Arn, string Trust, string? Policy, IReadOnlyDictionary<string, string> Tags, string? Boundary)
{
    public bool IsOf(string function) => Tags.GetValueOrDefault(Deploy.Tags.Function) == function;

    public bool Trusts(RoleDefinition wanted) => PolicyReader.AreSame(Trust, wanted.Trust);

    public bool Allows(RoleDefinition wanted) => Policy is not null && PolicyReader.AreSame(Policy, wanted.Policy);
}
