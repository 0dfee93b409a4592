using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Lambda;

/// <summary>
/// Network, file system and layers of a function: this machine has none, so they are checked as Lambda does, kept, and told as Lambda tells
/// them. Source: docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html and the types it names
/// </summary>
internal static partial class AccountInputs
{
    private const int MostLayers = 5;
    private const string Vpc = "VpcConfig";
    private const string FileSystems = "FileSystemConfigs";
    private const string Layers = "Layers";

    /// <summary>Puts what the request says over what is there. What is set to nothing is gone.</summary>
    public static Dictionary<string, JsonElement> Keep(Dictionary<string, JsonElement> present, JsonInput input, bool isImage)
    {
        if (input.Object(Vpc) is { } vpc)
        {
            Set(present, Vpc, Network(vpc));
        }

        if (input.Objects(FileSystems) is { } mounts)
        {
            Set(present, FileSystems, Mounts(mounts));
        }

        if (input.Texts(Layers) is { } layers)
        {
            Set(present, Layers, Versions(layers, isImage));
        }

        return present.ContainsKey(FileSystems) && !present.ContainsKey(Vpc)
            ? throw LambdaFault.Invalid("Function must be configured to execute in a VPC to reference an access point.")
            : present;
    }

    /// <summary>Whether a function is connected to a network.</summary>
    public static bool HasNetwork(FunctionRecord function) => function.Untouched.ContainsKey(Vpc);

    /// <summary>Whether a request says something new of what Lambda asks the role for.</summary>
    public static bool AsksForNetwork(JsonInput input) => input.Has(Vpc) || input.Has("Role");

    /// <summary>ARN of the access point by which a function has a file system; null when it has none.</summary>
    public static string? MountedFrom(FunctionRecord function) =>
        function.Untouched.TryGetValue(FileSystems, out var mounts) ? mounts[0].GetProperty("Arn").GetString() : null;

    private static void Set(Dictionary<string, JsonElement> present, string member, JsonNode? value)
    {
        if (value is null)
        {
            present.Remove(member);
        }
        else
        {
            present[member] = JsonDocument.Parse(JsonOutput.Bytes(value)).RootElement;
        }
    }

    private static JsonObject? Network(JsonInput vpc)
    {
        var (subnets, groups) = (vpc.Texts("SubnetIds") ?? [], vpc.Texts("SecurityGroupIds") ?? []);
        Each(subnets, Subnet(), "vpcConfig.subnetIds");
        Each(groups, SecurityGroup(), "vpcConfig.securityGroupIds");
        return (subnets.Count, groups.Count) switch
        {
            (0, 0) => null,
            ( > 16, _) => throw LambdaFault.Validation(string.Join(", ", subnets), "vpcConfig.subnetIds", "Member must have length less than or equal to 16"),
            (_, > 5) => throw LambdaFault.Validation(string.Join(", ", groups), "vpcConfig.securityGroupIds", "Member must have length less than or equal to 5"),
            (0, _) or (_, 0) => throw LambdaFault.Invalid("SubnetIds and SecurityIds must coexist or be both empty list."),
            _ => new JsonObject { ["SubnetIds"] = JsonOutput.Texts(subnets), ["SecurityGroupIds"] = JsonOutput.Texts(groups), ["VpcId"] = "vpc-00000000000000000" },
        };
    }

    private static JsonArray? Mounts(IReadOnlyList<JsonInput> mounts)
    {
        var arns = mounts.Select(mount => mount.Text("Arn") ?? "").ToList();
        var paths = mounts.Select(mount => mount.Text("LocalMountPath") ?? "").ToList();
        Each(arns, AccessPoint(), "fileSystemConfigs.1.member.arn");
        Each(paths, MountPath(), "fileSystemConfigs.1.member.localMountPath");
        return mounts.Count switch
        {
            0 => null,
            1 => new JsonArray(new JsonObject { ["Arn"] = arns[0], ["LocalMountPath"] = paths[0] }),
            _ => throw LambdaFault.Validation(string.Join(", ", arns), "fileSystemConfigs", "Member must have length less than or equal to 1"),
        };
    }

    private static JsonArray? Versions(IReadOnlyList<string> layers, bool isImage)
    {
        Each(layers, LayerVersion(), "layers");
        return layers.Count switch
        {
            0 => null,
            _ when isImage => throw LambdaFault.Invalid("Please don't provide layers when the PackageType is Image."),
            > MostLayers => throw LambdaFault.Invalid($"Layers consist of more than {MostLayers} layers"),
            _ => new JsonArray([.. layers.Select(arn => new JsonObject { ["Arn"] = arn, ["CodeSize"] = 0 })]),
        };
    }

    private static void Each(IReadOnlyList<string> values, Regex pattern, string member)
    {
        if (values.FirstOrDefault(value => !pattern.IsMatch(value)) is { } wrong)
        {
            throw LambdaFault.Validation(wrong, member, $"Member must satisfy regular expression pattern: {pattern}");
        }
    }

    [GeneratedRegex("^subnet-[0-9a-z]*$", RegexOptions.None, 1000)]
    private static partial Regex Subnet();

    [GeneratedRegex("^sg-[0-9a-zA-Z]*$", RegexOptions.None, 1000)]
    private static partial Regex SecurityGroup();

    [GeneratedRegex(@"^arn:aws[a-zA-Z-]*:elasticfilesystem:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\d{1}:\d{12}:access-point/fsap-[a-f0-9]{17}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AccessPoint();

    [GeneratedRegex("^/mnt/[a-zA-Z0-9-_.]+$", RegexOptions.None, 1000)]
    private static partial Regex MountPath();

    [GeneratedRegex(@"^arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+$", RegexOptions.None, 1000)]
    private static partial Regex LayerVersion();
}
