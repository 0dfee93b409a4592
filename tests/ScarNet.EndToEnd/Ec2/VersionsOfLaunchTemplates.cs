using System.Text.Json.Nodes;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Ec2;

public sealed class VersionsOfLaunchTemplates(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task HaveFromTheirSourceWhatTheyDoNotSayThemselves()
    {
        await engine.Aws("ec2", "create-launch-template", "--launch-template-name", "twice", "--launch-template-data", """{"ImageId":"ami-1","InstanceType":"m5.large"}""");

        await engine.Aws("ec2", "create-launch-template-version", "--launch-template-name", "twice", "--source-version", "1", "--launch-template-data", """{"InstanceType":"c5.large"}""");
        await engine.Aws("ec2", "create-launch-template-version", "--launch-template-name", "twice", "--launch-template-data", """{"InstanceType":"r5.large"}""");

        var versions = JsonNode.Parse(await engine.Aws("ec2", "describe-launch-template-versions", "--launch-template-name", "twice", "--versions", "2", "3", "--output", "json"))!["LaunchTemplateVersions"]!.AsArray();
        Assert.Equal(
            [("ami-1", "c5.large"), (null, "r5.large")],
            versions.OrderBy(version => (int)version!["VersionNumber"]!).Select(version => ((string?)version!["LaunchTemplateData"]!["ImageId"], (string?)version["LaunchTemplateData"]!["InstanceType"])));
    }

    [Fact]
    public async Task AreToldWhenThereIsNone()
    {
        await engine.Aws("ec2", "create-launch-template", "--launch-template-name", "one", "--launch-template-data", """{"ImageId":"ami-1"}""");

        var refused = await engine.TryAws("ec2", "describe-launch-template-versions", "--launch-template-name", "one", "--versions", "abc");

        Assert.Contains("VersionNotFound", refused.Error, StringComparison.Ordinal);
    }
}
