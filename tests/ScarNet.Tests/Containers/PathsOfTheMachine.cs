using ScarNet.Containers;

namespace ScarNet.Tests.Containers;

public sealed class PathsOfTheMachine
{
    private static readonly HostPaths Paths = new(
        [new("/data/host/scratch", "/scratch"), new("/fast/", "/scratch/fast/"), new("/var/lib/docker/volumes/x/_data", "/volume"), new("tmpfs", "/memory"), new("/", "/host")]);

    [Theory]
    [InlineData("/scratch", "/data/host/scratch")]
    [InlineData("/scratch/scarnet-0/w-1", "/data/host/scratch/scarnet-0/w-1")]
    [InlineData("/scratch/fast/w-1", "/fast/w-1")]
    [InlineData("/volume/a", "/var/lib/docker/volumes/x/_data/a")]
    [InlineData("/host/a", "/a")]
    public void AreThoseOfTheInnermostMount(string here, string onTheMachine) => Assert.Equal(onTheMachine, Paths.Of(here));

    [Theory]
    [InlineData("/scratch2/w-1")]
    [InlineData("/tmp/w-1")]
    [InlineData("/memory/w-1")]
    public void AreUnknownForWhatIsTheContainersOwn(string here) => Assert.Null(Paths.Of(here));
}
