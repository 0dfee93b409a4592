using System.Text.RegularExpressions;
using static ScarNet.Core.Functions.AwsLimits;
using F = ScarNet.Core.Functions.FunctionDefinition;

namespace ScarNet.Core.Functions;

/// <summary>What the settings of a function must be that only AWS Lambda has: layers, concurrency, network and file system.</summary>
internal static partial class LambdaRules
{
    public static IEnumerable<Problem> Check(F function)
    {
        var name = $"function '{function.Name}'";
        return Layers(function, name).Concat(Concurrency(function, name)).Concat(Network(function, name)).Concat(FileSystem(function, name));
    }

    private static IEnumerable<Problem> Layers(F function, string name)
    {
        if (function.Layers.Count > MaxLayers)
        {
            yield return new Problem(function.PlaceOf(nameof(F.Layers)), $"{name} has {function.Layers.Count} layers: Lambda takes {MaxLayers}");
        }

        foreach (var (i, layer) in function.Layers.Index().Where(item => !LayerVersion().IsMatch(item.Item)))
        {
            yield return new Problem(
                function.PlaceOf($"{nameof(F.Layers)}.{i}"),
                $"layer '{layer}' of {name} is no version of a layer",
                "for example 'arn:aws:lambda:us-east-1:123456789012:layer:tools:3', with the version at its end");
        }

        if (function is { Layers.Count: > 0, Image: { } image, Mode: not ExecutionMode.Batch })
        {
            yield return new Problem(
                function.PlaceOf(nameof(F.Layers)), $"{name} runs in image '{image}', and Lambda has no layers for images", "put the layer's files into the image");
        }
    }

    private static IEnumerable<Problem> Concurrency(F function, string name)
    {
        if (function.ReservedConcurrency < 0)
        {
            yield return new Problem(
                function.PlaceOf(nameof(F.ReservedConcurrency)),
                $"reserved_concurrency of {name} is {function.ReservedConcurrency}: it must be 0 or more",
                "leave it out for what the account has left");
        }
        else if (function.ReservedConcurrency == 0)
        {
            yield return new Problem(
                function.PlaceOf(nameof(F.ReservedConcurrency)),
                $"reserved_concurrency of {name} is 0: Lambda lets no event in, and forgets those that wait longer than six hours",
                IsWarning: true);
        }
    }

    private static IEnumerable<Problem> Network(F function, string name)
    {
        var (subnets, groups) = function.Vpc;
        if (!function.Vpc.IsNone && (subnets.Count is 0 or > MaxSubnets || groups.Count is 0 or > MaxSecurityGroups))
        {
            yield return new Problem(
                function.PlaceOf(nameof(F.Vpc)),
                $"vpc of {name} has {subnets.Count} subnets and {groups.Count} security groups: Lambda takes 1 to {MaxSubnets}, and 1 to {MaxSecurityGroups}",
                "'vpc: {subnets: [subnet-…], security_groups: [sg-…]}', or neither");
        }

        foreach (var (member, id, kind) in subnets.Index().Where(item => !Subnet().IsMatch(item.Item)).Select(item => ($"Subnets.{item.Index}", item.Item, "subnet"))
            .Concat(groups.Index().Where(item => !SecurityGroup().IsMatch(item.Item)).Select(item => ($"SecurityGroups.{item.Index}", item.Item, "security group"))))
        {
            yield return new Problem(
                function.PlaceOf($"{nameof(F.Vpc)}.{member}"),
                $"{kind} '{id}' of {name} is no {kind}'s id",
                kind == "subnet" ? "for example 'subnet-0123456789abcdef0'" : "for example 'sg-0123456789abcdef0'");
        }
    }

    private static IEnumerable<Problem> FileSystem(F function, string name)
    {
        if (function.FileSystem is not { } mount)
        {
            yield break;
        }

        if (Arn.Parse(mount.AccessPoint) is not { Service: "elasticfilesystem", Account.Length: > 0 } arn || !AccessPoint().IsMatch(arn.Resource))
        {
            yield return new Problem(
                function.PlaceOf("FileSystem.AccessPoint"),
                $"file system '{mount.AccessPoint}' of {name} is no ARN of an EFS access point",
                "for example 'arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-0123456789abcdef0'");
        }

        if (mount.Path.Length > 160 || !MountPath().IsMatch(mount.Path))
        {
            yield return new Problem(
                function.PlaceOf("FileSystem.Path"), $"mount path '{mount.Path}' of {name} is none that Lambda takes", "a directory of /mnt, such as '/mnt/data'");
        }

        if (function.Vpc.IsNone)
        {
            yield return new Problem(
                function.PlaceOf(nameof(F.FileSystem)), $"{name} has a file system and no network to reach it", "add 'vpc' with subnets that its mount targets are in");
        }
    }

    // Patterns of API_CreateFunction.html, API_VpcConfig.html and API_FileSystemConfig.html.
    [GeneratedRegex("^arn:aws[a-zA-Z-]*:lambda:[a-z]{2}(-[a-z]+)+-[0-9]:[0-9]{12}:layer:[a-zA-Z0-9_-]{1,64}:[0-9]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LayerVersion();

    [GeneratedRegex("^subnet-[0-9a-z]{1,32}$", RegexOptions.None, 1000)]
    private static partial Regex Subnet();

    [GeneratedRegex("^sg-[0-9a-zA-Z]{1,32}$", RegexOptions.None, 1000)]
    private static partial Regex SecurityGroup();

    [GeneratedRegex("^access-point/fsap-[a-f0-9]{17}$", RegexOptions.None, 1000)]
    private static partial Regex AccessPoint();

    [GeneratedRegex("^/mnt/[a-zA-Z0-9_.-]+$", RegexOptions.None, 1000)]
    private static partial Regex MountPath();
}
