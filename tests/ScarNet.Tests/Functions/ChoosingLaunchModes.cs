using ScarNet.Core.Functions;

namespace ScarNet.Tests.Functions;

public sealed class ChoosingLaunchModes
{
    [Theory]
    [InlineData(false, null, false, LaunchMode.Mounted)]
    [InlineData(true, null, false, LaunchMode.Mounted)]
    [InlineData(true, false, false, LaunchMode.Mounted)]
    [InlineData(true, true, false, LaunchMode.Sibling)]
    [InlineData(true, false, true, LaunchMode.Multi)]
    [InlineData(true, true, true, LaunchMode.Multi)]
    [InlineData(false, null, true, LaunchMode.Multi)]
    public void FollowsTheImageAndTheMachines(bool hasImage, bool? hasEntrypoint, bool onFargate, LaunchMode expected) =>
        Assert.Equal(expected, Launching.Choose(LaunchMode.Auto, hasImage, hasEntrypoint, onFargate));

    [Theory]
    [InlineData(LaunchMode.Mounted)]
    [InlineData(LaunchMode.Sibling)]
    [InlineData(LaunchMode.Multi)]
    public void FollowsWhatIsAskedFor(LaunchMode asked) =>
        Assert.Equal(asked, Launching.Choose(asked, hasImage: true, hasEntrypoint: true, onFargate: true));

    [Theory]
    [InlineData(LaunchMode.Mounted, false, "'launch: sibling' starts the image with its ENTRYPOINT overridden")]
    [InlineData(LaunchMode.Multi, true, "take an image without an ENTRYPOINT, or 'launch: sibling' on EC2 machines ('compute_resources: {type: EC2}')")]
    public void NamesTheEntrypointThatIsInTheWay(LaunchMode mode, bool onFargate, string hint)
    {
        var problem = Launching.Problem(mode, "tool:1", ["/run.sh", "-v"], onFargate);

        Assert.Contains("that image has an ENTRYPOINT (/run.sh -v)", problem!.Value.Message);
        Assert.Equal(hint, problem.Value.Hint);
    }

    [Fact]
    public void TakesAnEntrypointWhereItIsOverridden() => Assert.Null(Launching.Problem(LaunchMode.Sibling, "tool:1", ["/run.sh"], false));
}
