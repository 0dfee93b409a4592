using System.Text;
using ScarNet.Aws;
using ScarNet.Aws.Ec2.Model;
using ScarNet.Cli.Deploy;
using ScarNet.Core.Functions;

namespace ScarNet.Tests.Deploy;

/// <summary>What machines of AWS Batch start with.</summary>
public sealed class LaunchingMachines : IDisposable
{
    private static readonly string[] one = ["artifacts/" + new string('1', 64)];
    private static readonly string[] two = ["artifacts/" + new string('2', 64)];

    private readonly AwsClients clients = new(new AwsSettings { AccessKey = "a", SecretKey = "b", Region = "eu-central-1" });

    [Fact]
    public void IsNamedAfterItsContent()
    {
        Assert.Equal(Of(new(), one).Name, Of(new(), one).Name);
        Assert.Equal(5, new[] { Of(new(), one), Of(new(), two), Of(new() { ScratchGb = 200 }, one), Of(new() { ScratchGb = 0 }, one), Of(new() { RootGb = 50 }, one) }.Select(t => t.Name).Distinct().Count());
        Assert.Matches("^scarnet-machines-[0-9a-f]{16}$", Of(new(), one).Name);
    }

    [Fact]
    public void HasAnEncryptedVolumeThatGoesWithTheMachine()
    {
        var data = Of(new() { ScratchGb = 200, RootGb = 60 }, one).Request.LaunchTemplateData!;

        Assert.Equal([("/dev/xvda", 60), ("/dev/sdb", 200)], data.BlockDeviceMappings!.Select(m => (m.DeviceName!, m.Ebs!.VolumeSize!.Value)));
        Assert.All(data.BlockDeviceMappings!, m => Assert.Equal(("gp3", true, true), (m.Ebs!.VolumeType, m.Ebs.Encrypted, m.Ebs.DeleteOnTermination)));
        Assert.Equal(("required", 2), (data.MetadataOptions!.HttpTokens, data.MetadataOptions.HttpPutResponseHopLimit));
    }

    [Fact]
    public void HasNoVolumeWhereNoneIsWanted()
    {
        var data = Of(new() { ScratchGb = 0 }, one).Request.LaunchTemplateData!;

        Assert.Empty(data.BlockDeviceMappings!);
        Assert.Contains("\nscratch=no\n", Encoding.ASCII.GetString(Convert.FromBase64String(data.UserData!)), StringComparison.Ordinal);
    }

    [Fact]
    public void FetchesFromTheRegionsStorage()
    {
        var script = Encoding.ASCII.GetString(Convert.FromBase64String(Of(new(), one).Request.LaunchTemplateData!.UserData!));

        Assert.StartsWith("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"==SCARNET==\"\n\n--==SCARNET==\nContent-Type: text/x-shellscript; charset=\"us-ascii\"\n\n#!/bin/bash\n", script, StringComparison.Ordinal);
        Assert.Contains($"\nsupervisors='{one[0]}'\nregion='eu-central-1'\nstorage='https://s3.eu-central-1.amazonaws.com'\n", script, StringComparison.Ordinal);
        Assert.EndsWith("\n--==SCARNET==--\n", script, StringComparison.Ordinal);
    }

    [Fact]
    public void KeepsTheSupervisorsOfOtherReleases()
    {
        var first = Of(new(), one);
        var second = Of(new(), two, first);
        var again = Of(new(), one, second);

        Assert.Equal([two[0], one[0]], second.Script.Supervisors);
        Assert.Equal(second.Name, again.Name);
        Assert.Equal([new StepChange("supervisors", new string('1', 12), new string('2', 12))], second.Since(There(first)));
    }

    [Fact]
    public void FetchesFromTheBucketThatTheFoundationsMachinesReadBeforeOthers()
    {
        var digest = new string('1', 64);

        var template = Of(new(), [$"data-deploy/{digest}", $"scarnet-artifacts-123456789012-eu-central-1/{digest}"]);

        Assert.Equal([$"scarnet-artifacts-123456789012-eu-central-1/{digest}", $"data-deploy/{digest}"], template.Script.Supervisors);
    }

    [Fact]
    public void ForgetsTheOldestOfThem()
    {
        MachineTemplate? template = null;
        foreach (var i in Enumerable.Range(1, 10))
        {
            template = Of(new(), [$"artifacts/{i:x64}"], template);
        }

        Assert.Equal(MachineTemplate.MostSupervisors, template!.Script.Supervisors.Count);
        Assert.Equal($"artifacts/{10:x64}", template.Script.Supervisors[0]);
    }

    [Fact]
    public void TellsWhatIsNewInSizes() => Assert.Equal(
        [new StepChange("scratch_gb", "100", "200"), new StepChange("root_gb", null, "60")],
        Of(new() { ScratchGb = 200, RootGb = 60 }, one).Since(There(Of(new(), one))));

    [Fact]
    public void GivesJobsTheScratchVolume()
    {
        var function = new FunctionDefinition { Name = "count", Image = "busybox", Mode = ExecutionMode.Batch, Script = ScriptSource.Line("true"), Launch = LaunchMode.Mounted };
        var plan = new FunctionPlan(function, "p", new Target(clients, "123456789012", "eu-central-1"), new SupervisorBinary("/s", new string('1', 64)), "true"u8.ToArray(), Attachments.None);

        var properties = DefinitionRequest.Of(plan).Request.ContainerProperties!;

        Assert.Contains(properties.Volumes!, volume => volume.Host?.SourcePath == "/scratch");
        Assert.Contains(properties.MountPoints!, mount => mount is { ContainerPath: "/scratch", ReadOnly: false });
        Assert.Contains(properties.Environment!, variable => variable is { Name: "TMPDIR", Value: "/scratch" });
        Assert.Contains(properties.Volumes!, volume => volume.Host?.SourcePath == $"/opt/scarnet/{new string('1', 64)}");
    }

    public void Dispose() => clients.Dispose();

    private MachineTemplate Of(BatchSettings batch, IEnumerable<string> supervisors, MachineTemplate? current = null) =>
        MachineTemplate.Of(new Target(clients, "123456789012", "eu-central-1"), batch, supervisors, current is null ? null : There(current));

    private static LaunchTemplate There(MachineTemplate template) => new() { LaunchTemplateName = template.Name, Tags = template.ResourceTags };
}
