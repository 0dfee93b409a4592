namespace ScarNet.EndToEnd.Support;

/// <summary>The real time of day, but waits of ten seconds and more take a thirtieth: Batch's shortest timeout is a minute.</summary>
public sealed class FastTimers : TimeProvider
{
    public const int Factor = 30;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Fast(dueTime), Fast(period));

    private static TimeSpan Fast(TimeSpan time) => time >= Shortest ? time / Factor : time;
}
