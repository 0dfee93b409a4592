using ScarNet.Cli.Commands;

namespace ScarNet.Tests.Cli;

public sealed class InterruptingCommands : IDisposable
{
    private readonly Timers timers = new();
    private readonly Interruption interruption;
    private int exits;

    public InterruptingCommands() => interruption = new(timers, () => exits++);

    [Fact]
    public void EndsTheCommandAndAfterAWhileTheProcess()
    {
        interruption.Interrupt();

        Assert.True(interruption.Token.IsCancellationRequested);
        timers.Pass();
        Assert.Equal(1, exits);
    }

    [Fact]
    public void LeavesTheProcessTheTimeToUndo()
    {
        interruption.Interrupt();
        var enough = interruption.BeginUndoing();

        timers.Pass();

        Assert.Equal(0, exits);
        Assert.False(enough.IsCancellationRequested);
    }

    [Fact]
    public void EndsTheUndoingTheNextTimeAndAfterAWhileTheProcess()
    {
        interruption.Interrupt();
        var enough = interruption.BeginUndoing();

        interruption.Interrupt();

        Assert.True(enough.IsCancellationRequested);
        timers.Pass();
        Assert.Equal(1, exits);
    }

    [Fact]
    public void EndsTheUndoingAfterAFailureTheFirstTime()
    {
        var enough = interruption.BeginUndoing();

        interruption.Interrupt();

        Assert.True(enough.IsCancellationRequested);
    }

    public void Dispose() => interruption.Dispose();

    /// <summary>Timers that run when told to.</summary>
    private sealed class Timers : TimeProvider
    {
        private readonly List<Timer> armed = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Assert.Equal(Interruption.Patience, dueTime);
            var timer = new Timer(armed, () => callback(state));
            armed.Add(timer);
            return timer;
        }

        public void Pass() => armed.ToList().ForEach(timer => timer.Run());

        private sealed class Timer(List<Timer> armed, Action run) : ITimer
        {
            public void Run() => run();

            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() => armed.Remove(this);

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
