using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Jobs;

public sealed class EndingAtTheEarliest
{
    private readonly HeldClock clock = new();

    [Theory]
    [InlineData(20, 110, 20)]
    [InlineData(110, 20, 20)]
    [InlineData(20, 20, 20)]
    [InlineData(-5, 20, 0)]
    [InlineData(20, -5, 0)]
    [InlineData(100_000_000, 20, 20)] // three years: more than a timer takes
    public void CountsWhicheverCameFirst(int first, int second, int end)
    {
        using var earliest = new EarliestEnd(clock);

        earliest.At(clock.Now.AddSeconds(first));
        earliest.At(clock.Now.AddSeconds(second));

        Assert.Equal(TimeSpan.FromSeconds(end), clock.Asked);
        Assert.False(earliest.Over.IsCancellationRequested);
        clock.Ring();
        Assert.True(earliest.Over.IsCancellationRequested);
    }
}
