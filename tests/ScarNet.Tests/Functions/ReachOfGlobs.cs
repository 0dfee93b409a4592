using ScarNet.Core.Functions;

namespace ScarNet.Tests.Functions;

public class ReachOfGlobs
{
    [Theory]
    [InlineData("**/*.jpg", "", ".jpg", true)]
    [InlineData("**/*.jpg", "", ".png", false)]
    [InlineData("small/*", "big/", "", false)]
    [InlineData("small/*", "small/a", "", true)]
    [InlineData("small/", "", ".png", true)]
    [InlineData("*.[ch]", "", ".h", true)]
    public void IsThatOfWhatTheyCanMatch(string glob, string prefix, string suffix, bool reaches)
    {
        var rule = new OutputRule("bkt", "") { Files = [glob] };
        var trigger = new Trigger("bkt", prefix, suffix.Length == 0 ? [] : [suffix]);

        Assert.Equal(reaches, OutputReach.CanStart(rule, "f", trigger));
    }
}
