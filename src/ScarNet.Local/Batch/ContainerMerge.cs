using System.Globalization;
using System.Text.Json.Nodes;

namespace ScarNet.Local.Batch;

/// <summary>The containerProperties of a job: the definition's, with the overrides of its SubmitJob.</summary>
internal static class ContainerMerge
{
    private const int MaxImageLength = 255;
    private const string ReservedPrefix = "AWS_BATCH";

    /// <summary>What a container must be, whatever runs beside it.</summary>
    public static void Check(JsonObject container)
    {
        if (container.Required("image").Length > MaxImageLength)
        {
            throw BatchFault.Client($"image must be at most {MaxImageLength} characters");
        }

        CheckSecrets(container);
        CheckEnvironment(container);
        MilliCpus(container);
        MemoryMiB(container);
        Gpus(container);
        container.Texts("command");
        VolumeMount.Read(container);
    }

    public static JsonObject Apply(JsonObject properties, JsonObject? overrides)
    {
        var merged = (JsonObject)properties.DeepClone();
        if (overrides is null)
        {
            return merged;
        }

        CheckEnvironment(overrides);
        if (overrides.Texts("command") is { Count: > 0 } command)
        {
            merged["command"] = command.Contains("")
                ? throw BatchFault.Client("the command override must not have an empty string")
                : overrides["command"]!.DeepClone();
        }

        if (overrides.Objects("environment").Count > 0)
        {
            var variables = new Dictionary<string, string>(merged.Pairs("environment"));
            foreach (var (name, value) in overrides.Pairs("environment"))
            {
                variables[name] = value;
            }

            merged["environment"] = Environment(variables);
        }

        Resources(merged, overrides);
        return merged;
    }

    public static JsonArray Environment(IEnumerable<KeyValuePair<string, string>> variables) =>
        new([.. variables.Select(variable => new JsonObject { ["name"] = variable.Key, ["value"] = variable.Value })]);

    /// <summary>Thousandths of a virtual CPU.</summary>
    public static int MilliCpus(JsonObject properties) => Requirement(properties, "VCPU") is { } text
        ? decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cpus) && cpus is > 0 and <= 10_000
            ? (int)(cpus * 1000)
            : throw BatchFault.Client($"VCPU of resourceRequirements must be a number above 0, not '{text}'")
        : properties.Integer("vcpus") switch
        {
            null or 0 => throw BatchFault.Client("Container properties vCPUs must be provided: resourceRequirements with the type VCPU, or vcpus"),
            < 0 => throw BatchFault.Client("vcpus must be above 0"),
            { } given => given * 1000,
        };

    /// <summary>Hard limit in MiB.</summary>
    public static int MemoryMiB(JsonObject properties)
    {
        var memory = Requirement(properties, "MEMORY") is { } text
            ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var mebibytes)
                ? mebibytes
                : throw BatchFault.Client($"MEMORY of resourceRequirements must be a number of MiB, not '{text}'")
            : properties.Integer("memory") is { } given and not 0 ? given
            : throw BatchFault.Client("Container properties memory must be provided: resourceRequirements with the type MEMORY, or memory");
        return memory >= 4 ? memory : throw BatchFault.Client($"memory must be at least 4 MiB, not {memory}");
    }

    public static int Gpus(JsonObject properties) => Requirement(properties, "GPU") is { } text
        ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var gpus) && gpus > 0
            ? gpus
            : throw BatchFault.Client($"GPU of resourceRequirements must be a whole number above 0, not '{text}'")
        : 0;

    /// <summary>No variable may begin with AWS_BATCH: that is Batch's own.</summary>
    public static void CheckEnvironment(JsonObject properties)
    {
        if (properties.Pairs("environment").Keys.FirstOrDefault(name => name.StartsWith(ReservedPrefix, StringComparison.Ordinal)) is { } name)
        {
            throw BatchFault.Client($"environment variable '{name}' must not begin with {ReservedPrefix}: that is reserved for AWS Batch");
        }
    }

    /// <summary>ECS's rules. Source: docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html and API_ContainerDefinition.html</summary>
    private static void CheckSecrets(JsonObject container)
    {
        var secrets = container.Objects("secrets");
        if (secrets.Count > 0 && container.Text("executionRoleArn") is null)
        {
            throw BatchFault.Client("When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.");
        }

        var names = secrets.Select(secret => secret.Required("name")).Concat(container.Pairs("environment").Keys);
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
        {
            throw BatchFault.Client($"The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '{twice}'.");
        }

        foreach (var secret in secrets)
        {
            secret.Required("valueFrom");
        }
    }

    private static void Resources(JsonObject merged, JsonObject overrides)
    {
        var given = overrides.Objects("resourceRequirements");
        // The deprecated members cannot override resourceRequirements: Batch drops them without a word.
        foreach (var (member, type) in new[] { ("vcpus", "VCPU"), ("memory", "MEMORY") })
        {
            if (overrides.Integer(member) is { } value && Requirement(merged, type) is null)
            {
                merged[member] = value;
            }
        }

        if (given.Count == 0)
        {
            return;
        }

        var types = given.Select(requirement => requirement.Required("type")).ToHashSet();
        var kept = merged.Objects("resourceRequirements").Where(requirement => !types.Contains(requirement.Required("type")));
        merged["resourceRequirements"] = new JsonArray([.. kept.Concat(given).Select(requirement => requirement.DeepClone())]);
    }

    private static string? Requirement(JsonObject properties, string type) =>
        properties.Objects("resourceRequirements").FirstOrDefault(requirement => requirement.Required("type") == type)?.Required("value");
}
