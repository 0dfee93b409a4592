using System.Text.Json.Nodes;
using ScarNet.Cli.Deploy;
using ScarNet.Core.Iam;

namespace ScarNet.Cli.Output;

internal sealed record IamAnswer(IReadOnlyList<NeededRole> Roles);

/// <param name="Function">The function.</param>
/// <param name="Use"><c>lambda</c> or <c>job</c>.</param>
/// <param name="Arn">Of the role that the function names, else of the one that <c>init</c> makes.</param>
/// <param name="Given">Whether the function names it: then nobody but its owner gives it the policy.</param>
/// <param name="Trust">Who takes it.</param>
/// <param name="Policy">What it needs.</param>
internal sealed record NeededRole(string Function, string Use, string Arn, bool Given, JsonNode Trust, JsonNode Policy)
{
    public static IEnumerable<NeededRole> Of(FunctionRoleSet set, Target target)
    {
        yield return Of(set, "lambda", set.Execution, set.Function.Role, target);
        if (set.Job is { } job)
        {
            yield return Of(set, "job", job, set.Function.Batch.JobRole ?? set.Function.Role, target);
        }
    }

    private static NeededRole Of(FunctionRoleSet set, string use, RoleDefinition role, string? given, Target target) => new(
        set.Function.Name,
        use,
        given is { Length: > 0 } ? target.RoleArn(given) : role.Arn(target.Place),
        given is { Length: > 0 },
        JsonNode.Parse(role.Trust.ToJson())!,
        JsonNode.Parse(role.Policy.ToJson())!);
}

internal static class IamText
{
    public static string Of(IamAnswer answer) => string.Join("\n\n", answer.Roles.Select(Of));

    private static string Of(NeededRole role) =>
        $"""
        {(role.Use == "lambda" ? "function" : "jobs of")} {role.Function}: {role.Arn}{(role.Given ? " (named by the function)" : "")}
        trust policy:
        {Json(role.Trust)}
        permissions policy:
        {Json(role.Policy)}
        """;

    private static string Json(JsonNode node) => node.ToJsonString(AnswerJson.Shapes.Options);
}
