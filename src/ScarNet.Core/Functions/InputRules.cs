using F = ScarNet.Core.Functions.FunctionDefinition;

namespace ScarNet.Core.Functions;

/// <summary>What the inputs and references of one function must be.</summary>
internal static class InputRules
{
    private const int Sha256Digits = 64;

    public static IEnumerable<Problem> Check(F function) =>
        Check(function, nameof(F.Inputs), function.Inputs)
            .Concat(Check(function, nameof(F.References), function.References))
            .Concat(CheckCache(function));

    private static IEnumerable<Problem> CheckCache(F function)
    {
        if (function.ReferenceCache is { } cache && (cache.Length < 2 || cache[0] != '/' || cache.Split('/').Contains("..")))
        {
            yield return new Problem(
                function.PlaceOf(nameof(F.ReferenceCache)),
                $"'reference_cache' of function '{function.Name}' is '{cache}', which is no directory of a machine",
                "an absolute path, for example '/mnt/references'");
        }
    }

    private static IEnumerable<Problem> Check(F function, string member, IReadOnlyList<InputRule> rules)
    {
        var what = member == nameof(F.Inputs) ? "input" : "reference";
        for (var i = 0; i < rules.Count; i++)
        {
            foreach (var (flaw, hint) in Flaws(rules[i], what))
            {
                yield return new Problem(function.PlaceOf($"{member}.{i}"), $"{what} '{rules[i].Url}' of function '{function.Name}' {flaw}", hint);
            }

            var variable = rules[i].Name is { } name ? InputRule.Variable(name) : null;
            var others = (member == nameof(F.References) ? function.Inputs : []).Concat(rules.Take(i));
            if (variable is not null && others.FirstOrDefault(rule => rule.Name is { } n && InputRule.Variable(n) == variable) is { } other)
            {
                yield return new Problem(
                    function.PlaceOf($"{member}.{i}"),
                    $"{what} '{rules[i].Name}' of function '{function.Name}' and '{other.Name}' would both be '{variable}'",
                    "give one of them another name");
            }
        }
    }

    private static IEnumerable<(string Flaw, string? Hint)> Flaws(InputRule rule, string what)
    {
        if (rule.Url.Length == 0 || rule.Url.Contains('\0', StringComparison.Ordinal))
        {
            yield return ("is empty", "s3://bucket/key, https://…, or a file of the workspace");
            yield break;
        }

        foreach (var flaw in AddressFlaws(rule, what))
        {
            yield return flaw;
        }

        if (rule.Name is { } name && (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')))
        {
            yield return ($"has the name '{name}', which no variable can have", "letters, digits, '_' and '-', a letter first");
        }

        if (rule.Path is { } path && !IsInside(path))
        {
            yield return ($"goes to '{path}', which is not inside the workspace", "a relative path without '..'");
        }

        if (rule.Sha256 is { } digest && (digest.Length != Sha256Digits || !digest.All(char.IsAsciiHexDigitLower)))
        {
            yield return ("has a 'sha256' that is no digest", $"{Sha256Digits} hex digits in lower case, as sha256sum prints them");
        }
    }

    private static IEnumerable<(string Flaw, string? Hint)> AddressFlaws(InputRule rule, string what)
    {
        foreach (var placeholder in InputPlaceholders.In(rule.Url).Where(p => !rule.Literal && !InputPlaceholders.Names.Contains(p)))
        {
            yield return (
                $"has the unknown placeholder '{{{placeholder}}}'",
                $"there are {string.Join(", ", InputPlaceholders.Names.Select(name => $"{{{name}}}"))}; 'literal: true' takes an address as it is");
        }

        if (rule.IsS3)
        {
            if (rule.Object is not { Bucket.Length: > 0, Key: { } key })
            {
                yield return ("names no object", "s3://bucket/key; s3://bucket/ for all of a bucket");
            }
            else if (what == "reference" && !rule.Literal && (key.Length == 0 || key[^1] == '/' || !Glob.Of(key).IsLiteral))
            {
                yield return ("is no single object", "a reference is one file; 'inputs' takes directories and wildcards");
            }
        }
        else if (rule.IsHttp)
        {
            if (InputPlaceholders.In(rule.Url.Split('/')[2]).Any() || !Uri.TryCreate(rule.Url.Replace('{', '_').Replace('}', '_'), UriKind.Absolute, out _))
            {
                yield return ("is no address of a web server", "https://host/path, placeholders only in the path");
            }
        }
        else if (rule.Url.Contains("://", StringComparison.Ordinal))
        {
            yield return ("is of a kind that is not read", "s3://, http://, https://, or a file of the workspace");
        }
        else if (what == "reference")
        {
            yield return ("is no address", "s3://bucket/key or https://…");
        }
        else if (!IsInside(rule.Url))
        {
            yield return ("is not inside the workspace", "a relative path without '..', or 'files:' for a file beside the function file");
        }
    }

    /// <summary>Whether a relative path stays below where it starts.</summary>
    public static bool IsInside(string path) =>
        path.Length > 0 && path[0] != '/' && !path.Contains('\0', StringComparison.Ordinal) && !path.Split('/').Contains("..");
}
