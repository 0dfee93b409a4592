using System.Collections.Concurrent;
using ScarNet.Containers;
using ScarNet.Local.Batch;

namespace ScarNet.Tests.Batch;

/// <summary>A task ends with its first essential container, whatever the others are doing.</summary>
public sealed class EndingTasks
{
    private static readonly JobPlan plan = new()
    {
        Image = "image",
        Command = [],
        Environment = new Dictionary<string, string>(),
        MilliCpus = 1000,
        MemoryMiB = 64,
        Mounts = [],
        Ulimits = [],
        Secrets = new Dictionary<string, string>(),
        Attempts = 1,
        Rules = [],
    };

    [Fact]
    public async Task EndsAContainerThatWasJustBeingStarted()
    {
        var (late, starting) = (new Fake(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var main = new Fake();
        var cleaned = 0;
        var task = new TaskAttempt(
            [new TaskContainer("main", Essential: true, [], plan), new TaskContainer("late", Essential: false, [], plan)],
            async (container, _) =>
            {
                if (container.Name == "main")
                {
                    return (main, "main");
                }

                starting.SetResult();
                await release.Task; // Docker starts it, and has not answered yet
                return (late, "late");
            },
            () =>
            {
                cleaned++;
                return Task.CompletedTask;
            });
        await starting.Task;

        main.End(3);
        await main.Exited;
        release.SetResult();
        var exit = await task.Exited.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await task.DisposeAsync();

        Assert.Equal(3, exit.ExitCode);
        Assert.True(late.Killed);
        Assert.Equal((1, 1, 1), (main.Disposed, late.Disposed, cleaned));
    }

    private sealed class Fake : IRunningAttempt
    {
        private readonly TaskCompletionSource<ContainerExit> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<ContainerExit> Exited => exited.Task;

        public bool Killed { get; private set; }

        public int Disposed { get; private set; }

        public void End(int exitCode) => exited.TrySetResult(new(exitCode, OutOfMemory: false));

        public Task Terminate(CancellationToken cancellation) => Kill(cancellation);

        public Task Kill(CancellationToken cancellation)
        {
            Killed = true;
            End(137);
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            Disposed++;
            End(137);
            return ValueTask.CompletedTask;
        }
    }
}
