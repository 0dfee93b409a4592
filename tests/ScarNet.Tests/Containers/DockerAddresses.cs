using ScarNet.Containers;
using ScarNet.Core;
using ScarNet.Local.Containers;

namespace ScarNet.Tests.Containers;

public sealed class DockerAddresses
{
    [Theory]
    [InlineData("unix:///run/x/docker.sock", "unix:///run/x/docker.sock")]
    [InlineData("tcp://127.0.0.1:2376", "tcp://127.0.0.1:2376")]
    [InlineData("tcp://box", "tcp://box:2375")]
    public void ReadsDockerHost(string text, string expected) => Assert.Equal(expected, DockerAddress.Parse(text).ToString());

    [Theory]
    [InlineData("ssh://user@box")]
    [InlineData("unix://")]
    [InlineData("/var/run/docker.sock")]
    public void RefusesWhatItCannotUse(string text)
    {
        var problem = Assert.Throws<ScarException>(() => DockerAddress.Find(text, null));

        Assert.Contains(text, problem.Message);
        Assert.Contains("unix:///path", problem.Hint);
    }
}
