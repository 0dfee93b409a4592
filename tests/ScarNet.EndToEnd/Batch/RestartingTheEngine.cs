using ScarNet.EndToEnd.Supervisor;

namespace ScarNet.EndToEnd.Batch;

public sealed class RestartingTheEngine(BatchFixture batch) : IClassFixture<BatchFixture>
{
    [Fact]
    public async Task LosesNoJobAndMakesABrokenAttemptAgain()
    {
        var mark = Path.Join(batch.Files, "mark");
        var definition = await batch.Define(
            "interrupted", $"echo $AWS_BATCH_JOB_ATTEMPT >> {mark}; test $(wc -l < {mark}) = 2 && exit 0; exec sleep 1000");
        var running = await batch.Submit(definition);
        await batch.Until(running, "RUNNING");
        var waiting = await batch.Submit(await batch.Define("after", "true"), "--depends-on", $"jobId={running}");
        await JobProcess.Until(mark);

        await batch.Restart();

        var job = await batch.WaitForEnd(running);
        Assert.Equal("SUCCEEDED", (string?)job["status"]);
        Assert.Single(job["attempts"]!.AsArray());
        Assert.Equal(["1", "1"], await File.ReadAllLinesAsync(mark, TestContext.Current.CancellationToken));
        Assert.Equal("SUCCEEDED", (string?)(await batch.WaitForEnd(waiting))["status"]);
    }
}
