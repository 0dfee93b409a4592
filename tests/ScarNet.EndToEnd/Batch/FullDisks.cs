using ScarNet.Local.Storage;

namespace ScarNet.EndToEnd.Batch;

/// <summary>While nothing can be written, jobs wait; the engine goes on, and so do they once there is room.</summary>
public sealed class FullDisks(BatchFixture batch) : IClassFixture<BatchFixture>
{
    [Theory]
    [InlineData(1)] // a job is taken
    [InlineData(3)] // an attempt is started
    public async Task HoldJobsUpAndLoseNone(int status)
    {
        var definition = await batch.Define("full-disk", ["true"]);
        var tried = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await batch.Engine.Context.Database.Write(
            db =>
            {
                db.CreateFunction("tried", () => tried.TrySetResult() || tried.Task.IsCompleted);
                db.Run($"CREATE TRIGGER full BEFORE UPDATE ON batch_jobs WHEN NEW.status = {status} AND tried() BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");
            },
            TestContext.Current.CancellationToken);

        var job = await batch.Submit(definition);
        await tried.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await batch.Engine.Context.Database.Write(db => { db.Run("DROP TRIGGER full"); }, TestContext.Current.CancellationToken);
        var ended = await batch.WaitForEnd(job);

        Assert.Equal("SUCCEEDED", (string?)ended["status"]);
    }
}
