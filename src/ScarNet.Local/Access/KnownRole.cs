using ScarNet.Core.Iam;
using ScarNet.Local.Iam;

namespace ScarNet.Local.Access;

/// <summary>A role, read for decisions.</summary>
/// <param name="Record">As it is kept.</param>
/// <param name="Trust">Who may take it.</param>
/// <param name="Policies">What it may do: its own policies and those it is given.</param>
/// <param name="Boundary">The most that it may do, whatever they say; null when there is no such limit.</param>
internal sealed record KnownRole(RoleRecord Record, PolicyDocument Trust, IReadOnlyList<PolicyDocument> Policies, PolicyDocument? Boundary)
{
    private const string AssumeRole = "sts:AssumeRole";

    private static readonly string[] Everybody = ["*", "AWS:*"];

    /// <summary>Whether the trust policy lets somebody take the role.</summary>
    /// <param name="names">What it may call them: <c>lambda.amazonaws.com</c>, <c>AWS:arn:…</c>.</param>
    /// <param name="context">Condition keys.</param>
    public bool Trusts(IReadOnlyCollection<string> names, IReadOnlyDictionary<string, IReadOnlyList<string>> context)
    {
        var about = Trust.Statements
            .Where(statement => statement.Services.Any(name => names.Contains(name) || (statement.Denies && Everybody.Contains(name))))
            .Select(statement => statement with { Services = [], Resources = ["*"] });
        return PolicyEvaluation.Decide([new([.. about])], new(AssumeRole, "*") { Context = context }) == AccessDecision.Allowed;
    }
}
