using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ScarNet.Aws.Ec2.Model;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Deploy;

/// <summary>
/// What the machines of a compute environment start with, as a launch template. Named by its content: one that is there is as it should be,
/// and all who need the same share it.
/// </summary>
/// <param name="Script">What each runs first.</param>
/// <param name="ScratchGb">Size of the volume at <c>/scratch</c>; 0 is none.</param>
/// <param name="RootGb">Size of the root volume, where images and containers lie; null is what the machine image says.</param>
internal sealed record MachineTemplate(MachineScript Script, int ScratchGb, int? RootGb)
{
    public const string Prefix = "scarnet-machines-";

    /// <summary>Versions are never added: another content is another template.</summary>
    public const string Version = "1";

    /// <summary>Supervisors that a machine fetches: functions of so many releases of ScarNet can share machines.</summary>
    public const int MostSupervisors = 8;

    private const int NameDigits = 16;
    private const string SupervisorTag = "scarnet:supervisor.";
    private const string ScratchTag = "scarnet:scratch-gb";
    private const string RootTag = "scarnet:root-gb";

    public string Hash { get; } = Digest(Script, ScratchGb, RootGb);

    public string Name => Prefix + Hash[..NameDigits];

    /// <param name="target">Where.</param>
    /// <param name="batch">The settings of the compute environment.</param>
    /// <param name="supervisors"><c>bucket/sha256</c> of those that the functions of this plan mount.</param>
    /// <param name="current">The template until now, whose supervisors others may mount; null when there is none of ours.</param>
    public static MachineTemplate Of(Target target, BatchSettings batch, IEnumerable<string> supervisors, LaunchTemplate? current)
    {
        var before = SupervisorsOf(current);
        // Those of one plan are one release in several buckets. The foundation's machines may read its own bucket only.
        string[] wanted = [.. supervisors.OrderBy(supervisor => supervisor.Split('/')[0] != target.ArtifactBucket).ThenBy(supervisor => supervisor, StringComparer.Ordinal)];
        // As it is when nothing is missing: who deploys in turns with two releases changes nothing the second time.
        string[] all = wanted.All(before.Contains) ? [.. before] : [.. wanted.Concat(before).Distinct().Take(Math.Max(MostSupervisors, wanted.Length))];
        return new(new(all, batch.ScratchGb > 0, target.Region, target.StorageUri), batch.ScratchGb, batch.RootGb);
    }

    public CreateLaunchTemplateRequest Request => new()
    {
        LaunchTemplateName = Name,
        VersionDescription = "made by scarnet init",
        Tags = ResourceTags,
        LaunchTemplateData = new()
        {
            UserData = Convert.ToBase64String(Script.UserData()),
            // Containers, in which the supervisor asks for spot notices, are one hop further.
            MetadataOptions = new() { HttpTokens = "required", HttpPutResponseHopLimit = 2 },
            BlockDeviceMappings = [.. Volumes],
            MachineTags = new() { [Tags.Pipeline] = Tags.Shared },
        },
    };

    /// <summary>What the machines will have that they had not, field by field.</summary>
    public IEnumerable<StepChange> Since(LaunchTemplate? current)
    {
        if (current is null)
        {
            yield break;
        }

        var tags = ResourceTags;
        foreach (var (tag, field) in new[] { (ScratchTag, "scratch_gb"), (RootTag, "root_gb") })
        {
            if (current.Tags?.GetValueOrDefault(tag) is var old && tags.GetValueOrDefault(tag) is var wanted && old != wanted)
            {
                yield return new(field, old, wanted);
            }
        }

        if (Script.Supervisors.Except(SupervisorsOf(current)).ToList() is { Count: > 0 } more)
        {
            yield return new("supervisors", Short(SupervisorsOf(current)), Short(more));
        }
    }

    public Dictionary<string, string> ResourceTags
    {
        get
        {
            var tags = new Dictionary<string, string> { [Tags.Pipeline] = Tags.Shared, [Tags.Hash] = Hash, [ScratchTag] = Number(ScratchGb) };
            if (RootGb is { } root)
            {
                tags[RootTag] = Number(root);
            }

            foreach (var (i, supervisor) in Script.Supervisors.Index())
            {
                tags[SupervisorTag + Number(i + 1)] = supervisor;
            }

            return tags;
        }
    }

    private IEnumerable<BlockDeviceMapping> Volumes
    {
        get
        {
            if (RootGb is { } root)
            {
                yield return Volume("/dev/xvda", root); // of ECS's machine images
            }

            if (ScratchGb > 0)
            {
                yield return Volume("/dev/sdb", ScratchGb);
            }
        }
    }

    private static BlockDeviceMapping Volume(string device, int gigabytes) => new()
    {
        DeviceName = device,
        Ebs = new() { VolumeSize = gigabytes, VolumeType = "gp3", Encrypted = true, DeleteOnTermination = true },
    };

    private static IReadOnlyList<string> SupervisorsOf(LaunchTemplate? template) =>
        [.. Enumerable.Range(1, int.MaxValue).Select(i => template?.Tags?.GetValueOrDefault(SupervisorTag + Number(i))).TakeWhile(tag => tag is not null).OfType<string>()];

    private static string Short(IEnumerable<string> supervisors) => string.Join(", ", supervisors.Select(supervisor => supervisor.Split('/')[^1][..12]));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Digest(MachineScript script, int scratchGb, int? rootGb) => Convert.ToHexStringLower(SHA256.HashData(
        [.. script.UserData(), .. JsonSerializer.SerializeToUtf8Bytes(new { scratchGb, rootGb, metadata = "required:2" })]));
}
