using ScarNet.Core.Jobs;
using static ScarNet.EndToEnd.Supervisor.SupervisorFixture;

namespace ScarNet.EndToEnd.Supervisor;

public sealed class KilledSupervisors(SupervisorFixture engine) : IClassFixture<SupervisorFixture>
{
    // claim, download, output, record, claim
    private const int Requests = 5;

    public static TheoryData<int, bool> Moments
    {
        get
        {
            var moments = new TheoryData<int, bool>();
            for (var request = 1; request <= Requests; request++)
            {
                moments.Add(request, false);
                moments.Add(request, true);
            }

            return moments;
        }
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task LoseNothingAndDoNothingTwice(int request, bool afterwards)
    {
        var spec = engine.Function("cp $INPUT_FILE_PATH $TMP_OUTPUT_DIR");
        var e = Event(await engine.Put($"killed/{request}{afterwards}", "content"));
        using var proxy = new KillingProxy(request, afterwards);
        await using var killed = Sandbox.Start(spec, engine.ClientEnvironment, proxy.Environment);
        proxy.Kills(killed.Kill);
        await killed.HandleToDeath(e, "the-request");
        Assert.Equal(request, proxy.Seen.Count);

        await using var next = Sandbox.Start(spec, engine.ClientEnvironment);
        var retried = await next.Handle(e, "the-request");
        var duplicate = await next.Handle(e, "another-request");

        Assert.False(retried.Failed, retried.Error);
        Assert.Equal("duplicate", duplicate.Status);
        Assert.Equal("content", Assert.Single(await engine.Outputs(spec)).Value);
        Assert.Single(await engine.Versions(spec.Function)); // one write, so one event for the next function
        Assert.Equal(RunStatus.Succeeded, Assert.Single(await engine.Runs(spec)).Status);
        Assert.Equal(ClaimState.Done, Assert.Single(await engine.Claims(spec)).State);
    }

    [Fact]
    public async Task AreNotTakenOverByAnotherRequestBeforeTheLeaseRunsOut()
    {
        var spec = engine.Function("cp $INPUT_FILE_PATH $TMP_OUTPUT_DIR");
        var e = Event(await engine.Put("lease", "content"));
        using var proxy = new KillingProxy(2, afterwards: false);
        await using var killed = Sandbox.Start(spec, engine.ClientEnvironment, proxy.Environment);
        proxy.Kills(killed.Kill);
        await killed.HandleToDeath(e, "the-request");

        await using var next = Sandbox.Start(spec, engine.ClientEnvironment);
        var other = await next.Handle(e, "another-request");
        var own = await next.Handle(e, "the-request");

        Assert.Equal(("duplicate", "succeeded"), (other.Status, own.Status));
    }
}
