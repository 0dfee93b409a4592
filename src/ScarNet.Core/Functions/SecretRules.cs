using F = ScarNet.Core.Functions.FunctionDefinition;

namespace ScarNet.Core.Functions;

/// <summary>What the secrets of one function must be.</summary>
internal static class SecretRules
{
    private static readonly string[] keptPrefixes = ["SCARNET_", "AWS_"];

    public static IEnumerable<Problem> Check(F function)
    {
        var name = $"function '{function.Name}'";
        foreach (var secret in function.Secrets.Keys)
        {
            Problem At(string flaw, string? hint = null) => new(function.PlaceOf($"{nameof(F.Secrets)}.{secret}"), $"secret '{secret}' of {name} {flaw}", hint);

            if (secret.Length == 0 || char.IsAsciiDigit(secret[0]) || !secret.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            {
                yield return At("is no name of a variable", "letters, digits and '_', for example 'DB_PASSWORD'");
            }
            else if (keptPrefixes.FirstOrDefault(prefix => secret.StartsWith(prefix, StringComparison.Ordinal)) is { } kept)
            {
                yield return At($"begins with '{kept}', which ScarNet and AWS keep for themselves");
            }
            else if (function.Environment.ContainsKey(secret) || function.LambdaEnvironment.ContainsKey(secret) || function.Batch.Environment.ContainsKey(secret))
            {
                yield return At("is an environment variable, too", "keep one of the two");
            }
        }

        if (function is { Secrets.Count: > 0, Script.Task: not null })
        {
            yield return new Problem(
                function.PlaceOf(nameof(F.Secrets)), $"{name} is a task, whose executors get the variables of the task file and no others: its secrets reach nobody");
        }
    }
}
