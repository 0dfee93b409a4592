using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Values;
using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;
using static ScarNet.Cli.Definitions.Values.Kinds;
using F = ScarNet.Core.Functions.FunctionDefinition;

namespace ScarNet.Cli.Definitions.Layouts;

/// <summary>What a Lambda function uses of the account around it: concurrency, network, file system, and where events go that were given up.</summary>
internal static class AccountFields
{
    private const string SubnetsMember = nameof(F.Vpc) + "." + nameof(VpcSettings.Subnets);
    private const string GroupsMember = nameof(F.Vpc) + "." + nameof(VpcSettings.SecurityGroups);

    private static readonly FieldBlock<VpcSettings> Vpc = new(
        Subnets("subnets"), Subnets("SubnetIds"), SecurityGroups("security_groups"), SecurityGroups("SecurityGroupIds"))
    {
        Exclusive = [["subnets", "SubnetIds"], ["security_groups", "SecurityGroupIds"]],
    };

    private static readonly FieldBlock<FileSystemMount> Mount = new(
        AccessPoint("access_point"), AccessPoint("Arn"), MountPath("mount_path"), MountPath("LocalMountPath"))
    {
        Exclusive = [["access_point", "Arn"], ["mount_path", "LocalMountPath"]],
    };

    private static readonly Kind<FileSystemMount?> Mounts = new("list of one", ReadMounts);

    /// <summary>In every layout; with AWS's own words inside, as SCAR 4 took them.</summary>
    public static IReadOnlyList<Field<F>> All { get; } =
    [
        OwnFields.Of("reserved_concurrency", Whole, nameof(F.ReservedConcurrency), (f, v) => f with { ReservedConcurrency = v }),
        WithPlace(Field.Block<F, VpcSettings>("vpc", Vpc, f => f.Vpc, (_, f, v) => f with { Vpc = v }), nameof(F.Vpc)),
        WithPlace(
            Field.Block<F, FileSystemMount>("efs", Mount, f => f.FileSystem ?? new("", ""), (_, f, v) => f with { FileSystem = v }), nameof(F.FileSystem)),
        OwnFields.Of("dead_letter", Text, nameof(F.DeadLetter), (f, v) => f with { DeadLetter = BatchFields.NullIfEmpty(v) }),
        OwnFields.Of("on_failure_destination", Text, nameof(F.FailureDestination), (f, v) => f with { FailureDestination = BatchFields.NullIfEmpty(v) }),
    ];

    /// <summary>SCAR 4's: a list, of which Lambda takes one.</summary>
    public static Field<F> FileSystem { get; } =
        OwnFields.Of("file_system", Mounts, nameof(F.FileSystem), (f, v) => f with { FileSystem = v });

    // What is missing in a block is told where the block is.
    private static Field<F> WithPlace(Field<F> block, string member) => block with
    {
        Apply = (reading, entry, path, function) =>
        {
            reading.Places[member] = entry.Value.Place;
            return block.Apply(reading, entry, path, function);
        },
    };

    private static bool ReadMounts(Reading reading, YamlNode node, string field, out FileSystemMount? value)
    {
        value = null;
        if (node is YamlList { Items.Count: 0 })
        {
            return true;
        }

        var item = node is YamlList { Items: [var only] } ? only : node;
        if (item is not YamlMap)
        {
            reading.WrongType(node, field, "a list of one block, which is all that Lambda takes", "for example '[{Arn: arn:aws:elasticfilesystem:…, LocalMountPath: /mnt/data}]'");
            return false;
        }

        var good = Mount.TryRead(reading, item, field, new("", ""), out var mount);
        value = mount;
        return good;
    }

    private static Field<VpcSettings> Subnets(string name) => ItemPlaces.Of(
        Field.Of<VpcSettings, IReadOnlyList<string>>(name, Lists.Names, SubnetsMember, (vpc, v) => vpc with { Subnets = v }), SubnetsMember);

    private static Field<VpcSettings> SecurityGroups(string name) => ItemPlaces.Of(
        Field.Of<VpcSettings, IReadOnlyList<string>>(name, Lists.Names, GroupsMember, (vpc, v) => vpc with { SecurityGroups = v }), GroupsMember);

    private static Field<FileSystemMount> AccessPoint(string name) => Field.Of<FileSystemMount, string>(
        name, Text, nameof(F.FileSystem) + "." + nameof(FileSystemMount.AccessPoint), (mount, v) => mount with { AccessPoint = v });

    private static Field<FileSystemMount> MountPath(string name) => Field.Of<FileSystemMount, string>(
        name, Text, nameof(F.FileSystem) + "." + nameof(FileSystemMount.Path), (mount, v) => mount with { Path = v });
}
