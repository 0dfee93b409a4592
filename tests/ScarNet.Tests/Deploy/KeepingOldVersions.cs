using ScarNet.Aws.Lambda.Model;
using ScarNet.Cli.Deploy;

namespace ScarNet.Tests.Deploy;

/// <summary>Three versions stay: the live one, and those one can go back to.</summary>
public sealed class KeepingOldVersions
{
    [Theory]
    [InlineData("1", "1", "")]
    [InlineData("2 1", "2", "")]
    [InlineData("3 2 1", "3", "1")]
    [InlineData("5 3 2 1", "5", "2 1")]
    public void DropsTheOldestWhenOneMoreComes(string published, string live, string gone) =>
        Assert.Equal(gone, Old(published, live, isNew: true));

    /// <summary>It was the good one: that is why it is live.</summary>
    [Fact]
    public void KeepsTheOneThatWasGoneBackTo() => Assert.Equal("4", Old("5 4 3", "3", isNew: true));

    [Theory]
    [InlineData("5 4 3", "4", "")]
    [InlineData("5 4 3 2", "2", "3")]
    [InlineData("5 4 3 2", "4", "2")]
    public void KeepsTheNewestThatIsLiveAgain(string published, string live, string gone) => Assert.Equal(gone, Old(published, live, isNew: false));

    [Fact]
    public void LeavesWhatSomebodyElsePublished()
    {
        List<FunctionConfiguration> versions = [.. Versions("4 3 2"), new() { Version = "1", Description = "by hand" }];

        Assert.Equal(["2"], LivePlan.Old(versions, "4", isNew: true).Select(version => version.Version));
    }

    private static string Old(string published, string live, bool isNew) =>
        string.Join(' ', LivePlan.Old([.. Versions(published)], live, isNew).Select(version => version.Version));

    private static IEnumerable<FunctionConfiguration> Versions(string published) =>
        published.Split(' ').Select(number => new FunctionConfiguration { Version = number, Description = "scarnet:spec=00" });
}
