using ScarNet.Local.Batch;
using ScarNet.Local.Http;

namespace ScarNet.Tests.Batch;

public sealed class DependingJobs : JobDatabase
{
    private static readonly JobDependency OnA = new("a", JobDependency.Plain);

    [Fact]
    public async Task WaitUntilTheOtherHasSucceeded()
    {
        await Submit("a");
        await Submit("b", null, OnA);
        await Take();
        Assert.Equal((JobStatus.Runnable, JobStatus.Pending), (Status("a"), Status("b")));

        await Run("a", 0);

        Assert.Equal(JobStatus.Runnable, Status("b"));
    }

    [Fact]
    public async Task WaitForEachOfSeveral()
    {
        await Submit("a");
        await Submit("b");
        await Submit("c", null, OnA, new("b", JobDependency.Plain));
        await Take();

        await Run("a", 0);
        Assert.Equal(JobStatus.Pending, Status("c"));
        await Run("b", 0);

        Assert.Equal(JobStatus.Runnable, Status("c"));
    }

    [Fact]
    public async Task FailWithTheOtherAndTakeTheirOwnAlong()
    {
        await Submit("a");
        await Submit("b", null, OnA);
        await Submit("c", null, new JobDependency("b", JobDependency.Plain));
        await Take();

        await Run("a", 1);

        Assert.Equal((JobStatus.Failed, JobStatus.Failed), (Status("b"), Status("c")));
        Assert.Equal("Dependent Job failed", Reason("c"));
    }

    [Fact]
    public async Task DoNotWaitForWhatIsOver()
    {
        await Submit("a");
        await Take();
        await Run("a", 0);
        await Submit("b", null, OnA);
        await Take();

        Assert.Equal(JobStatus.Runnable, Status("b"));
    }

    [Fact]
    public async Task FailAtOnceWhenTheOtherHas()
    {
        await Submit("a");
        await Take();
        await Run("a", 1);
        await Submit("b", null, OnA);
        await Submit("c", 3, OnA);

        Assert.Equal((JobStatus.Failed, JobStatus.Failed), (Status("b"), Status("c")));
        Assert.Equal(JobStatus.Failed, Status("c:2"));
    }

    [Fact]
    public async Task WithAnAttemptLeftKeepOthersWaiting()
    {
        await Submit("a");
        await Submit("b", null, OnA);
        await Take();

        await Run("a", 1, attempts: 2);
        Assert.Equal((JobStatus.Runnable, JobStatus.Pending), (Status("a"), Status("b")));
        await Run("a", 0, attempts: 2);

        Assert.Equal(JobStatus.Runnable, Status("b"));
    }

    [Fact]
    public async Task OfAnArrayWaitForAllItsChildren()
    {
        await Submit("a", 2);
        await Submit("b", 2, OnA);
        await Take();
        Assert.Equal(["a:0", "a:1"], Runnable());

        await Run("a:1", 0);
        Assert.Equal(["a:0"], Runnable());
        await Run("a:0", 0);

        Assert.Equal(JobStatus.Succeeded, Status("a"));
        Assert.Equal(["b:0", "b:1"], Runnable());
    }

    [Fact]
    public async Task ChildByChildFollowTheOtherArray()
    {
        await Submit("a", 3);
        await Submit("b", 3, new JobDependency("a", JobDependency.NToN));
        await Take();

        await Run("a:1", 0);
        await Run("a:2", 1);

        Assert.Equal(["a:0", "b:1"], Runnable());
        Assert.Equal((JobStatus.Pending, JobStatus.Failed), (Status("b:0"), Status("b:2")));

        await Run("a:0", 0);
        await Run("b:0", 0);
        await Run("b:1", 0);

        Assert.Equal((JobStatus.Failed, JobStatus.Failed), (Status("a"), Status("b")));
        Assert.Equal("Array Child Job failed", Reason("a"));
    }

    [Fact]
    public async Task ChildByChildSeeWhatTheOtherArrayHasDoneAlready()
    {
        await Submit("a", 3);
        await Take();
        await Run("a:0", 0);
        await Run("a:1", 1);
        await Submit("b", 3, new JobDependency("a", JobDependency.NToN));
        await Take();

        Assert.Equal((JobStatus.Runnable, JobStatus.Failed, JobStatus.Pending), (Status("b:0"), Status("b:1"), Status("b:2")));
    }

    [Fact]
    public async Task InSequenceRunOneAfterTheOther()
    {
        await Submit("a", 4, new JobDependency(null, JobDependency.Sequential));
        await Take();
        Assert.Equal(["a:0"], Runnable());

        await Run("a:0", 0);
        Assert.Equal(["a:1"], Runnable());
        await Run("a:1", 1);

        Assert.Empty(Runnable());
        Assert.Equal((JobStatus.Failed, JobStatus.Failed), (Status("a:3"), Status("a")));
    }

    [Fact]
    public async Task MustNameAJobThatExistsAndAnArrayOfTheSameSize()
    {
        await Submit("a", 3);
        await Submit("plain");

        await Assert.ThrowsAsync<ApiException>(() => Submit("x", null, new JobDependency("nothing", JobDependency.Plain)));
        await Assert.ThrowsAsync<ApiException>(() => Submit("y", 2, new JobDependency("a", JobDependency.NToN)));
        await Assert.ThrowsAsync<ApiException>(() => Submit("z", 3, new JobDependency("plain", JobDependency.NToN)));
        await Take();

        Assert.Equal(["a:0", "a:1", "a:2", "plain"], Runnable()); // what was refused has left nothing
    }
}
