using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Batch;

public sealed class AnsweringBoto3(BatchFixture batch) : IClassFixture<BatchFixture>
{
    [Fact]
    public async Task KeepsToTheServiceModel()
    {
        var id = await batch.Submit(await batch.Define("validated", "true", "--parameters", "a=b", "--timeout", "attemptDurationSeconds=60"));
        await batch.WaitForEnd(id);

        var result = await Command.Run(
            "/usr/bin/python3",
            [Path.Join(AppContext.BaseDirectory, "testdata/validate-batch.py"), batch.Engine.Endpoint.GetLeftPart(UriPartial.Authority), id],
            batch.ClientEnvironment);

        Assert.Equal("", result.Error);
        Assert.Equal("JobQueue 'nothing' does not exist\n", result.Output);
    }
}
