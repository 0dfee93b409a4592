using ScarNet.Core.Events;
using ScarNet.Core.Functions;

namespace ScarNet.Tests.Events;

public class RoutingEvents
{
    private static readonly Trigger[] Triggers = [new("in", "data/", [".txt", ".md"]), new("other", "")];

    [Theory]
    [InlineData("in", "data/a.txt")]
    [InlineData("in", "data/deep/a.md")]
    [InlineData("other", "anything")]
    public void TakesWhatATriggerMatches(string bucket, string key) => Assert.Null(Router.ReasonToSkip(Triggers, Created(bucket, key)));

    [Theory]
    [InlineData("in", "data2/a.txt")]
    [InlineData("in", "a.txt")]
    [InlineData("third", "data/a.txt")]
    public void SkipsKeysOutsideThePrefix(string bucket, string key) => Assert.NotNull(Router.ReasonToSkip(Triggers, Created(bucket, key)));

    [Fact]
    public void SkipsKeysWithAnotherSuffix() => Assert.NotNull(Router.ReasonToSkip(Triggers, Created("in", "data/a.jpg")));

    [Fact]
    public void SkipsWhatAFailedRunLeftInAWholeBucketsTrigger() =>
        Assert.NotNull(Router.ReasonToSkip(Triggers, Created("other", "failed/f/1/out.txt")));

    [Fact]
    public void TakesEverythingWithoutTriggers() => Assert.Null(Router.ReasonToSkip([], Created("any", "thing")));

    private static ObjectEvent Created(string bucket, string key) => new() { Object = new(bucket, key) };
}
