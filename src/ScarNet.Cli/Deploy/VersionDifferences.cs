using ScarNet.Aws.Lambda.Model;

namespace ScarNet.Cli.Deploy;

/// <summary>In what two versions of a function differ.</summary>
internal static class VersionDifferences
{
    private const string Variable = "environment ";

    public static IReadOnlyList<StepChange> Between(FunctionConfiguration from, FunctionConfiguration to)
    {
        var (old, now) = (Fields(from), Fields(to));
        return [.. old.Keys.Union(now.Keys)
            .Where(field => old.GetValueOrDefault(field) != now.GetValueOrDefault(field))
            .Select(field => new StepChange(field, Shown(field, old), Shown(field, now)))];
    }

    private static Dictionary<string, string?> Fields(FunctionConfiguration version)
    {
        var fields = new Dictionary<string, string?>
        {
            ["CodeSha256"] = version.CodeSha256,
            ["spec"] = LiveAliases.SpecOf(version),
            ["Role"] = version.Role,
            ["MemorySize"] = version.MemorySize?.ToString(),
            ["Timeout"] = version.Timeout?.ToString(),
            ["EphemeralStorage"] = version.EphemeralStorage?.Size?.ToString(),
            ["SubnetIds"] = List(version.VpcConfig?.SubnetIds),
            ["SecurityGroupIds"] = List(version.VpcConfig?.SecurityGroupIds),
            ["FileSystemConfigs"] = List(version.FileSystemConfigs?.Select(mount => $"{mount.Arn} at {mount.LocalMountPath}")),
            ["DeadLetterConfig"] = version.DeadLetterConfig?.TargetArn,
            ["Layers"] = List(version.Layers?.Select(layer => layer.Arn ?? "")),
        };
        foreach (var (name, value) in version.Environment?.Variables ?? [])
        {
            fields[$"{Variable}{name}"] = value;
        }

        return fields;
    }

    private static string? List(IEnumerable<string>? values) => values is null ? null : string.Join(", ", values.Order(StringComparer.Ordinal)) is { Length: > 0 } text ? text : null;

    /// <summary>Values of the file's own variables may be secrets.</summary>
    private static string? Shown(string field, Dictionary<string, string?> fields) =>
        fields.GetValueOrDefault(field) is { } value && field.StartsWith(Variable, StringComparison.Ordinal) && !field.StartsWith(Variable + "SCARNET_", StringComparison.Ordinal)
            ? "(a value)"
            : fields.GetValueOrDefault(field);
}
