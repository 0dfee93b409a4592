using ScarNet.Core.Functions;

namespace ScarNet.Tests.Functions;

public sealed class FindingLoops
{
    [Fact]
    public void FindsNoneInAChain()
    {
        Assert.Empty(LoopCheck.Find(PipelineOf.Lines("a: in/ -> mid/", "b: mid/ -> out/")));
    }

    [Fact]
    public void FindsNoneWhereWaysMeetAgain()
    {
        Assert.Empty(LoopCheck.Find(PipelineOf.Lines("a: in/ -> left/ right/", "b: left/ -> end/", "c: right/ -> end/", "d: end/ -> out/")));
    }

    [Theory]
    [InlineData("a: in/ -> in/")]
    [InlineData("a: in/ -> in/out/")]
    [InlineData("a: in/ -> {key_stem}/")]
    public void FindsAFunctionThatFeedsItself(string line)
    {
        var loop = Assert.Single(LoopCheck.Find(PipelineOf.Lines(line)));

        Assert.Equal("a", Assert.Single(loop).From.Name);
    }

    [Fact]
    public void FindsAChainThatFeedsItself()
    {
        var loop = Assert.Single(LoopCheck.Find(PipelineOf.Lines("x: new/ -> one/", "a: one/ -> two/", "b: two/ -> three/", "c: three/ -> one/")));

        Assert.Equal(["a", "b", "c"], loop.Select(link => link.From.Name));
    }

    [Fact]
    public void FindsEachLoopOnce()
    {
        var loops = LoopCheck.Find(PipelineOf.Lines("a: one/ -> two/", "b: two/ -> one/", "c: x/ -> x/"));

        Assert.Equal([2, 1], loops.Select(loop => loop.Count));
    }

    [Fact]
    public void LetsAFunctionReadAWholeBucketThatHoldsItsFailures()
    {
        var pipeline = new Pipeline("test", [new FunctionDefinition
        {
            Name = "a", Triggers = [new Trigger("in-bucket", "")], Outputs = [new OutputRule("out-bucket", "")],
        }]);

        Assert.Empty(LoopCheck.Find(pipeline));
    }
}
