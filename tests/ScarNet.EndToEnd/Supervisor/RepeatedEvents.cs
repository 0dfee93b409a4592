using ScarNet.Core.Jobs;
using static ScarNet.EndToEnd.Supervisor.SupervisorFixture;

namespace ScarNet.EndToEnd.Supervisor;

public sealed class RepeatedEvents(SupervisorFixture engine) : IClassFixture<SupervisorFixture>
{
    private const int Deliveries = 50;

    [Fact]
    public async Task RunTheScriptOnce()
    {
        var (spec, count) = Counting("twice");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);
        var record = await engine.Put("twice", "x");

        var first = await sandbox.Handle(Event(record));
        var second = await sandbox.Handle(Event(record));
        var third = await sandbox.Handle(Event(record, record));

        Assert.Equal(("succeeded", "duplicate", "duplicate"), (first.Status, second.Status, third.Status));
        Assert.Equal(1, count());
    }

    [Fact]
    public async Task RunTheScriptOnceWhenTheyComeAllAtOnce()
    {
        var (spec, count) = Counting("at-once");
        var sandboxes = Enumerable.Range(0, Deliveries).Select(_ => Sandbox.Start(spec, engine.ClientEnvironment)).ToList();
        var e = Event(await engine.Put("at-once", "x"));

        var answers = await Task.WhenAll(sandboxes.Select(sandbox => sandbox.Handle(e)));

        Assert.All(answers, answer => Assert.False(answer.Failed, answer.Error));
        Assert.Equal(1, count());
        Assert.Single(answers, answer => answer.Status == "succeeded");
        Assert.Equal(Deliveries - 1, answers.Count(answer => answer.Status == "duplicate"));
        Assert.Single(await engine.Versions(spec.Function));
        Assert.Equal(ClaimState.Done, Assert.Single(await engine.Claims(spec)).State);
        await Task.WhenAll(sandboxes.Select(sandbox => sandbox.DisposeAsync().AsTask()));
    }

    private (JobSpec Spec, Func<int> Count) Counting(string name)
    {
        var counter = engine.WriteFile("count-" + name, "");
        return (engine.Function($"echo ran >> {counter}; cp $INPUT_FILE_PATH $TMP_OUTPUT_DIR"), () => File.ReadAllLines(counter).Length);
    }
}
