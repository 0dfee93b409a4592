using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Jobs;

public class KeepingDeadlines
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly TimeSpan Threshold = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(300, 290)]
    [InlineData(20, 10)]
    [InlineData(3, 1.5)]
    [InlineData(0, 0)]
    [InlineData(-5, -5)]
    public void KeepsTheThresholdForUploadsButNeverMoreThanHalf(double left, double forScript) => Assert.Equal(
        Now.AddSeconds(forScript), Supervision.ScriptDeadline(Now, Now.AddSeconds(left), Threshold));

    [Fact]
    public void HasNoDeadlineWithoutAnEnd() => Assert.Null(Supervision.ScriptDeadline(Now, null, Threshold));

    [Theory]
    [InlineData(300, 2.5)]
    [InlineData(3, 0.375)]
    public void GivesGraceWithinTheMargin(double left, double grace) => Assert.Equal(
        TimeSpan.FromSeconds(grace), Supervision.Grace(Now, Now.AddSeconds(left), Threshold));

    [Fact]
    public void HoldsAClaimLongerThanTheWork()
    {
        Assert.Equal(Now.AddSeconds(330), Supervision.LeaseUntil(Now, Now.AddSeconds(300)));
        Assert.Equal(Now.AddDays(14), Supervision.LeaseUntil(Now, Supervision.EndOfJob(Now, null)));
    }

    [Fact]
    public void TellsWhatCannotFit()
    {
        Assert.True(Supervision.Fits(null, 0));
        Assert.True(Supervision.Fits(10, 10));
        Assert.False(Supervision.Fits(11, 10));
        Assert.True(Supervision.Fits(4, 10, 2.5));
        Assert.False(Supervision.Fits(5, 10, 2.5));
    }
}
