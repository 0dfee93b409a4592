using System.Diagnostics;
using Amazon.Runtime;
using ScarNet.Aws.Status;
using ScarNet.Local;

namespace ScarNet.EndToEnd.Support;

/// <summary>Waits on the engine's own status API.</summary>
public static class StatusPolling
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static StatusClient StatusClient(this Engine engine) => new(
        new BasicAWSCredentials(engine.AccessKey, engine.SecretKey),
        new StatusConfig { ServiceURL = engine.Endpoint.GetLeftPart(UriPartial.Authority) });

    /// <summary>Returns once nothing is pending and nothing runs.</summary>
    public static Task<EngineStatus> UntilIdle(this Engine engine) => engine.Until(status => status.Pending + status.Running == 0);

    /// <summary>Returns the first status that satisfies a condition; fails after two minutes.</summary>
    public static async Task<EngineStatus> Until(this Engine engine, Func<EngineStatus, bool> condition)
    {
        using var client = engine.StatusClient();
        var started = Stopwatch.GetTimestamp();
        var status = await client.Get(TestContext.Current.CancellationToken);
        while (!condition(status))
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Limit, "the engine did not come to the state the test waits for");
            status = await client.Wait(status, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        }

        return status;
    }
}
