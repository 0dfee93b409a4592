using System.Diagnostics;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Faults;

public sealed class KillingSupervisors : IAsyncDisposable
{
    private const int Kills = 30;
    private readonly TemporaryDirectory directory = new();
    private readonly KillableEngine engine;

    public KillingSupervisors() => engine = new KillableEngine(directory.Under("data"));

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
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        for (var kills = 0; kills < Kills;)
        {
            await Task.Delay(random.Next(20, 150), limit.Token);
            kills += TryKillOne(random) ? 1 : 0;
        }

        await puts;

        await pipeline.ExpectEverythingOnce(interrupted: Kills);
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        directory.Dispose();
    }

    private bool TryKillOne(Random random)
    {
        var supervisors = engine.Supervisors();
        if (supervisors.Count == 0)
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(supervisors[random.Next(supervisors.Count)]);
            process.Kill();
            return true;
        }
        catch (ArgumentException)
        {
            return false; // it ended meanwhile
        }
    }
}
