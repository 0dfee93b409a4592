using ScarNet.Core;
using ScarNet.Local.Batch;
using ScarNet.Local.Containers;

namespace ScarNet.Tests.Batch;

public sealed class PathsOfTheHost
{
    [Theory]
    [InlineData("/opt/scarnet/abc", "/data/host/opt/scarnet/abc")]
    [InlineData("/opt/", "/data/host/opt")]
    [InlineData("/", "/data/host")]
    [InlineData("/../../etc", "/data/host/etc")]
    [InlineData("../../etc", "/data/host/etc")]
    [InlineData("/a/../../../b", "/data/host/b")]
    public void LieBelowTheEnginesDirectory(string path, string expected) =>
        Assert.Equal(expected, new HostDirectory("/data/host").Under(path));

    [Fact]
    public void ReplaceMountPointsInACommand()
    {
        VolumeMount[] mounts = [new("a", "/x", "/opt", ReadOnly: true), new("b", "/y", "/opt/inner/", ReadOnly: true)];

        var command = HostMapping.Command(
            ["/opt/run", "/opt/inner/x", "/optional", "--file=/opt/a", "/opt"], mounts, mount => $"/data{mount.HostPath}");

        Assert.Equal(["/data/x/run", "/data/y/x", "/optional", "--file=/opt/a", "/data/x"], command);
    }

    [Fact]
    public void AJobWithoutACommandCannotRunHere() =>
        Assert.Throws<ScarException>(() => HostMapping.Command([], [], _ => ""));
}
