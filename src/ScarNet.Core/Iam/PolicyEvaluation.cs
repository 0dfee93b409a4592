namespace ScarNet.Core.Iam;

/// <summary>
/// Decides by the identity policies of one principal. Source:
/// docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
/// </summary>
public static class PolicyEvaluation
{
    /// <param name="policies">Of the principal.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="boundary">The most that the principal may do; null when there is no such limit.</param>
    public static AccessDecision Decide(IEnumerable<PolicyDocument> policies, AccessRequest request, PolicyDocument? boundary) =>
        (Decide(policies, request), boundary is null ? AccessDecision.Allowed : Decide([boundary], request)) switch
        {
            (AccessDecision.Denied, _) or (_, AccessDecision.Denied) => AccessDecision.Denied,
            (AccessDecision.Allowed, AccessDecision.NotAllowed) => AccessDecision.BeyondBoundary,
            (var decision, _) => decision,
        };

    public static AccessDecision Decide(IEnumerable<PolicyDocument> policies, AccessRequest request)
    {
        var decision = AccessDecision.NotAllowed;
        foreach (var statement in policies.SelectMany(policy => policy.Statements).Where(statement => IsAbout(statement, request)))
        {
            if (statement.Denies)
            {
                return AccessDecision.Denied;
            }

            decision = AccessDecision.Allowed;
        }

        return decision;
    }

    private static bool IsAbout(PolicyStatement statement, AccessRequest request) =>
        Names(statement.Actions, statement.NotActions, request.Action, ignoreCase: true)
        && Names(statement.Resources, statement.NotResources, request.Resource, ignoreCase: false)
        && statement.Conditions.All(condition => ConditionCheck.Holds(condition, request.Context, otherwise: statement.Denies));

    private static bool Names(IReadOnlyList<string> some, IReadOnlyList<string> allBut, string text, bool ignoreCase) =>
        some.Count > 0 ? some.Any(pattern => PolicyPattern.Matches(pattern, text, ignoreCase))
        : allBut.Count > 0 && !allBut.Any(pattern => PolicyPattern.Matches(pattern, text, ignoreCase));
}
