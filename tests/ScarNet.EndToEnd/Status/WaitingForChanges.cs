using ScarNet.Aws.Status;
using ScarNet.EndToEnd.Lambda;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Status;

/// <summary>Waiting with what one has seen last, as <c>scarnet wait</c> does.</summary>
public sealed class WaitingForChanges(BashFunctions functions) : IClassFixture<BashFunctions>
{
    [Fact]
    public async Task ToldAtOnceWhatHasChangedBetweenTwoRequests()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var release = functions.WriteFile("held", "");
        await functions.Create("holding", $"while [ -e {release} ]; do read -t 0.05 < <(sleep 0.05); done; echo 1");
        using var client = functions.Engine.StatusClient();
        var before = await client.Get(cancellation);
        await functions.Aws("lambda", "invoke", "--function-name", "holding", "--invocation-type", "Event", Path.Join(functions.Files, "answer"));
        var running = await functions.Engine.Until(status => status.Running == 1);

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        var after = await client.Wait(before, TimeSpan.FromSeconds(60), deadline.Token);

        Assert.NotEqual(before.Mark, running.Mark);
        Assert.Equal((1, running.Mark), (after.Running, after.Mark));
        File.Delete(release);
        await functions.Engine.UntilIdle();
    }
}
