using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Jobs;

public sealed class EndingAtTheEarliest
{
    private readonly SteppedClock clock = new();

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

    /// <summary>Its one timer rings when the test says so.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        private Action? ring;

        public DateTimeOffset Now { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

        public TimeSpan? Asked { get; private set; }

        public void Ring() => ring!();

        public override DateTimeOffset GetUtcNow() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            ring = () => callback(state);
            Asked = dueTime;
            return new Timer(this);
        }

        private sealed class Timer(SteppedClock clock) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                clock.Asked = dueTime;
                return true;
            }

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
