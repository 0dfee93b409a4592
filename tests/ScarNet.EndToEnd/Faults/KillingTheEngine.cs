using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Faults;

public sealed class KillingTheEngine : IAsyncDisposable
{
    private const int Kills = 8;
    private readonly TemporaryDirectory directory = new();
    private readonly KillableEngine engine;

    public KillingTheEngine() => engine = new KillableEngine(directory.Under("data"));

    [Theory]
    [InlineData("lambda")]
    [InlineData("batch")]
    public async Task LosesNothingAndDoesNothingTwice(string secondMode)
    {
        var random = Seed.Take();
        var pipeline = new TwoFunctions(engine, directory.FullName, secondMode);
        await engine.Start();
        await pipeline.Deploy();

        var puts = pipeline.PutAll();
        foreach (var progress in Enumerable.Range(0, Kills).Select(_ => random.Next(TwoFunctions.Objects * 9 / 10)).Order().ToArray())
        {
            await pipeline.Reach(progress);
            await Task.Delay(random.Next(500), TestContext.Current.CancellationToken);
            await engine.Kill();
            await engine.Start();
        }

        await puts;

        await pipeline.ExpectEverythingOnce(interrupted: Kills * 2 * Environment.ProcessorCount);
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        directory.Dispose();
    }
}
