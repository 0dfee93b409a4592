using ScarNet.Local.Batch;
using ScarNet.Local.Storage;

namespace ScarNet.Tests.Batch;

public sealed class JobsThroughTheirStates : JobDatabase
{
    [Fact]
    public async Task AnArrayOfTenThousandIsStoredAndEnded()
    {
        await Submit("a", 10_000);
        await Take();
        await Write(connection => JobEnds.Fail(connection, ["a"], "enough", StopCall.Cancel, NowMs));

        Assert.Equal((JobStatus.Failed, "enough"), (Status("a"), Reason("a")));
        Assert.Equal(JobStatus.Failed, Status("a:9999"));
    }

    [Fact]
    public async Task AnEndedEngineStartsTheSameAttemptAgain()
    {
        await Submit("a");
        await Take();
        await Run("a", 1, attempts: 3);
        await Write(connection => Assert.Equal(2, JobAttempts.Start(connection, "a", "task", "ce")!.Number));

        await Write(connection => JobAttempts.Recover(connection, NowMs));

        Assert.Equal(JobStatus.Runnable, Status("a"));
        await Write(connection => Assert.Equal(2, JobAttempts.Start(connection, "a", "next task", "ce")!.Number));
    }

    [Fact]
    public async Task AnEndedEngineDoesNotStartWhatWasBeingTerminated()
    {
        await Submit("a");
        await Submit("b", null, new JobDependency("a", JobDependency.Plain));
        await Take();
        await Write(connection => JobAttempts.Start(connection, "a", "task", "ce"));
        await Write(connection => Assert.Equal(["a"], JobStops.Terminate(connection, "a", "enough", NowMs)));

        await Write(connection => JobAttempts.Recover(connection, NowMs));

        Assert.Equal((JobStatus.Failed, "enough"), (Status("a"), Reason("a")));
        Assert.Equal(JobStatus.Failed, Status("b"));
    }

    [Fact]
    public async Task CancellingDoesNotTouchWhatHasStarted()
    {
        await Submit("a", 2);
        await Take();
        await Write(connection => JobAttempts.Start(connection, "a:0", "task", "ce"));

        await Write(connection => JobEnds.Fail(connection, ["a"], "enough", StopCall.Cancel, NowMs));

        Assert.Equal((JobStatus.Starting, JobStatus.Failed, JobStatus.Pending), (Status("a:0"), Status("a:1"), Status("a")));
    }

    [Fact]
    public async Task OneThatWasCancelledMeanwhileIsNotStarted()
    {
        await Submit("a");
        await Take();
        await Write(connection => JobEnds.Fail(connection, ["a"], "enough", StopCall.Cancel, NowMs));

        await Write(connection => Assert.Null(JobAttempts.Start(connection, "a", "task", "ce")));
    }

    [Fact]
    public async Task SevenDaysAfterTheirEndTheyAreForgotten()
    {
        await Submit("old", 2);
        await Take();
        await Run("old:0", 0);
        await Run("old:1", 1);
        PassTime(TimeSpan.FromDays(8));
        await Submit("new");
        await Take();
        await Run("new", 0);

        var before = NowMs - (long)TimeSpan.FromDays(7).TotalMilliseconds;
        await Write(connection => Assert.Equal(3, JobAttempts.Prune(connection, before)));

        Assert.Equal(JobStatus.Succeeded, Status("new"));
        Assert.Equal(1, Read(connection => connection.Number("SELECT count(*) FROM batch_attempts")));
    }

    [Fact]
    public async Task CountsLeaveArraysThemselvesOut()
    {
        await Submit("a", 3);
        await Submit("b");
        await Take();
        await Run("a:0", 0);
        await Run("b", 1);
        await Write(connection => JobAttempts.Start(connection, "a:1", "task", "ce"));

        var counts = Read(JobCounts.Read);

        Assert.Equal([new JobCounts("fn", Pending: 1, Running: 1, Succeeded: 1, Failed: 1)], counts);
    }
}
