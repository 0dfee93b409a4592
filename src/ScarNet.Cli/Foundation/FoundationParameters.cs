using System.Text.Json.Nodes;
using ScarNet.Aws.CloudFormation.Model;
using ScarNet.Core;

namespace ScarNet.Cli.Foundation;

/// <summary>What the template's parameters get.</summary>
internal static class FoundationParameters
{
    /// <summary>Key of the job-state function's code.</summary>
    public const string CodeKey = "CodeKey";

    /// <summary>Bucket of the job-state function's code; empty is the artifact bucket.</summary>
    public const string CodeBucket = "CodeBucket";

    private static readonly JsonNode template = JsonNode.Parse(FoundationTemplate.Text)!;

    public static IReadOnlyList<string> Names { get; } = [.. template["Parameters"]!.AsObject().Select(parameter => parameter.Key)];

    /// <summary>Resources that are made once the job-state function's code is there.</summary>
    public static IReadOnlyList<(string Name, string Type)> NeedingCode(bool notices) =>
    [
        .. template["Resources"]!.AsObject()
            .Where(resource => (string?)resource.Value!["Condition"] is "HasCode" || (notices && (string?)resource.Value["Condition"] is "HasNotices"))
            .Select(resource => (resource.Key, (string)resource.Value!["Type"]!)),
    ];

    /// <summary>Where the stack reads the job-state function's code once it is changed.</summary>
    /// <param name="given">Name → value.</param>
    /// <param name="stack">As it is; null when it is to be made.</param>
    /// <param name="artifactBucket">The foundation's.</param>
    public static string BucketOfCode(IReadOnlyDictionary<string, string> given, Stack? stack, string artifactBucket) =>
        (given.TryGetValue(CodeBucket, out var value) ? value : stack?.Parameters.Find(parameter => parameter.ParameterKey == CodeBucket)?.ParameterValue) is { Length: > 0 } bucket
            ? bucket
            : artifactBucket;

    /// <summary>Those given, and of the others what the stack has.</summary>
    /// <param name="given">Name → value.</param>
    /// <param name="stack">As it is; null when it is to be made.</param>
    /// <exception cref="ScarException">The template has none of that name.</exception>
    public static List<Parameter> Of(IReadOnlyDictionary<string, string> given, Stack? stack)
    {
        if (given.Keys.FirstOrDefault(name => !Names.Contains(name)) is { } unknown)
        {
            throw new ScarException($"the foundation has no parameter '{unknown}'", $"it has {string.Join(", ", Names)}");
        }

        var there = stack?.Parameters.Select(parameter => parameter.ParameterKey).ToHashSet() ?? [];
        return
        [
            .. Names.Where(name => given.ContainsKey(name) || there.Contains(name)).Select(name => given.TryGetValue(name, out var value)
                ? new Parameter { ParameterKey = name, ParameterValue = value }
                : new Parameter { ParameterKey = name, UsePreviousValue = true }),
        ];
    }
}
