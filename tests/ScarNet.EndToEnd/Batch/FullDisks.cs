using ScarNet.Local.Storage;

namespace ScarNet.EndToEnd.Batch;

/// <summary>While nothing can be written, jobs wait; the engine goes on, and so do they once there is room.</summary>
public sealed class FullDisks(BatchFixture batch) : IClassFixture<BatchFixture>
{
    [Fact]
    public async Task HoldJobsUpAndLoseNone()
    {
        const int Starting = 3;
        var definition = await batch.Define("full-disk", ["true"]);
        var tried = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await batch.Engine.Context.Database.Write(
            db =>
            {
                db.CreateFunction("tried", () => tried.TrySetResult() || tried.Task.IsCompleted);
                db.Run($"CREATE TRIGGER full BEFORE UPDATE ON batch_jobs WHEN NEW.status = {Starting} AND tried() BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");
            },
            TestContext.Current.CancellationToken);

        var job = await batch.Submit(definition);
        await tried.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await batch.Engine.Context.Database.Write(db => { db.Run("DROP TRIGGER full"); }, TestContext.Current.CancellationToken);
        var ended = await batch.WaitForEnd(job);

        Assert.Equal("SUCCEEDED", (string?)ended["status"]);
    }
}
