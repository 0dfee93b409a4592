namespace ScarNet.Tests;

/// <summary>Time stands still, and its latest timer rings when the test says so.</summary>
internal sealed class HeldClock : TimeProvider
{
    private Action? ring;

    public DateTimeOffset Now { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>What a timer was last set to; null before there is one.</summary>
    public TimeSpan? Asked { get; private set; }

    /// <summary>How often a timer was set anew.</summary>
    public int Changes { get; private set; }

    /// <summary>Does nothing before there is a timer.</summary>
    public void Ring() => ring?.Invoke();

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ring = () => callback(state);
        Asked = dueTime;
        return new Timer(this);
    }

    private sealed class Timer(HeldClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Asked = dueTime;
            clock.Changes++;
            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
