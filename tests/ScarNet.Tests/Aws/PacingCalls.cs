using ScarNet.Aws.Http;

namespace ScarNet.Tests.Aws;

public sealed class PacingCalls
{
    private readonly CallPace pace = new();

    [Fact]
    public void HoldsNothingBackBeforeSomethingIsThrottled()
    {
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.Equal(At(7), pace.Take(At(7))));
    }

    [Fact]
    public void MakesFewerAfterOneThatWasThrottled()
    {
        pace.Throttled(At(5));
        Assert.Equal([55, 105, 155], Take(3, at: 5));

        pace.Throttled(At(1000));
        Assert.Equal([1075, 1150, 1225], Take(3, at: 1000));
    }

    [Fact]
    public void CountsABurstOfThrottledCallsAsOne()
    {
        pace.Throttled(At(5));
        pace.Throttled(At(1));
        pace.Throttled(At(200));

        Assert.Equal([200, 250], Take(2, at: 200));
    }

    [Fact]
    public void NeverWaitsLongerThanTwoSeconds()
    {
        for (var i = 0; i < 20; i++)
        {
            pace.Throttled(At(i * 1000));
        }

        var times = Take(3, at: 20_000);
        Assert.Equal(2000, times[2] - times[1]);
    }

    [Fact]
    public void GrowsFasterAgainUntilItHoldsNothingBack()
    {
        pace.Throttled(At(0));
        var calls = 0;
        for (; Take(2, at: 1_000_000) is var times && times[0] != times[1]; calls++)
        {
            pace.LetThrough();
        }

        Assert.InRange(calls, 100, 110);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public void FindsThePaceOfAService(int aSecond)
    {
        // A service that lets so many calls through in each second, and a caller that always has one more to make.
        var (now, span, inSpan, throttled, made) = (TimeSpan.Zero, 0L, 0, 0, 0);
        while (now < TimeSpan.FromMinutes(2))
        {
            now = pace.Take(now);
            if ((long)now.TotalSeconds != span)
            {
                (span, inSpan) = ((long)now.TotalSeconds, 0);
            }

            made++;
            if (++inSpan <= aSecond)
            {
                pace.LetThrough();
                now += TimeSpan.FromMilliseconds(1);
            }
            else
            {
                throttled++;
                pace.Throttled(now);
            }
        }

        Assert.InRange((double)throttled / made, 0, 0.4);
        Assert.InRange(made - throttled, 0.3 * aSecond * 120, aSecond * 121);
    }

    private static TimeSpan At(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private int[] Take(int calls, int at) => [.. Enumerable.Range(0, calls).Select(_ => (int)pace.Take(At(at)).TotalMilliseconds)];
}
