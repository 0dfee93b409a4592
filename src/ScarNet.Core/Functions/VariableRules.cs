using System.Text;
using static ScarNet.Core.Functions.AwsLimits;
using F = ScarNet.Core.Functions.FunctionDefinition;

namespace ScarNet.Core.Functions;

/// <summary>What the environment variables of one function must be.</summary>
internal static class VariableRules
{
    /// <summary>What Lambda sets itself. Source: docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html</summary>
    private static readonly string[] ReservedNames =
    [
        "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
        "AWS_EXECUTION_ENV", "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR", "_HANDLER", "_X_AMZN_TRACE_ID",
    ];

    public static IEnumerable<Problem> Check(F function)
    {
        var name = $"function '{function.Name}'";
        foreach (var (member, variables) in new[]
        {
            (nameof(F.Environment), function.Environment), (nameof(F.LambdaEnvironment), function.LambdaEnvironment), ("Batch.Environment", function.Batch.Environment),
        })
        {
            foreach (var (variable, value) in variables)
            {
                if (VariableFlaw(variable, value, member) is { } flaw)
                {
                    yield return new Problem(function.PlaceOf($"{member}.{variable}"), $"environment variable '{variable}' of {name} {flaw}");
                }
            }
        }

        var bytes = function.LambdaEnvironment.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value));
        if (bytes > LambdaEnvironmentBytes)
        {
            yield return new Problem(
                function.PlaceOf(nameof(F.LambdaEnvironment)),
                $"the Lambda environment of {name} is {bytes} bytes: Lambda takes {LambdaEnvironmentBytes}",
                "the script's own variables ('environment') have no such limit");
        }
    }

    private static string? VariableFlaw(string variable, string value, string member)
    {
        if (variable.Length == 0 || variable.Any(c => c == '=' || char.IsControl(c) || char.IsWhiteSpace(c)))
        {
            return "is no name: it is empty or holds a space or '='";
        }

        if (value.Contains('\0', StringComparison.Ordinal))
        {
            return "has a zero byte in its value";
        }

        if (variable.StartsWith("SCARNET_", StringComparison.Ordinal))
        {
            return "begins with 'SCARNET_', which ScarNet keeps for itself";
        }

        if (variable.StartsWith("AWS_BATCH", StringComparison.Ordinal))
        {
            return "begins with 'AWS_BATCH', which AWS Batch keeps for itself";
        }

        if (member != nameof(F.LambdaEnvironment))
        {
            return null;
        }

        return ReservedNames.Contains(variable) || variable.StartsWith("AWS_LAMBDA_", StringComparison.Ordinal) ? "is one that Lambda sets itself"
            : variable.Length < 2 || !char.IsAsciiLetter(variable[0]) || !variable.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
                ? "is none that Lambda takes: a letter, then at least one letter, digit or '_'"
                : null;
    }
}
