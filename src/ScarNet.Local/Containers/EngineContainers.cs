using ScarNet.Containers;
using ScarNet.Core;

namespace ScarNet.Local.Containers;

/// <summary>
/// The containers of one engine. Those that an earlier engine of the same data directory left behind are removed before the first one
/// starts. Thread-safe.
/// </summary>
/// <param name="dataDirectory">Absolute path: the value of the label that its containers carry.</param>
public sealed class EngineContainers(string dataDirectory) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private Docker? docker;
    private volatile bool clean;

    /// <summary>Removes leftovers, when Docker answers; when it does not, the next start of a container does it.</summary>
    /// <exception cref="ScarException">Docker does not answer; with what to do.</exception>
    /// <exception cref="ContainerException">A leftover cannot be removed.</exception>
    public Task RemoveLeftovers(CancellationToken cancellation) => Ready(cancellation);

    /// <summary>Starts a container; the caller disposes of it.</summary>
    /// <exception cref="ScarException">Docker does not answer; with what to do.</exception>
    /// <exception cref="ContainerException">It cannot be pulled, created or started.</exception>
    public async Task<RunningContainer> Start(ContainerSpec spec, ContainerOutput output, CancellationToken cancellation)
    {
        var ready = await Ready(cancellation);
        var labels = new Dictionary<string, string>(spec.Labels) { [ContainerLabels.Engine] = dataDirectory };
        return await ready.Start(spec with { Labels = labels }, output, cancellation);
    }

    public void Dispose()
    {
        docker?.Dispose();
        gate.Dispose();
    }

    private async Task<Docker> Ready(CancellationToken cancellation)
    {
        if (clean)
        {
            return docker!;
        }

        await gate.WaitAsync(cancellation);
        try
        {
            docker ??= Docker.FromEnvironment();
            if (!clean)
            {
                if (await docker.Probe(cancellation) is { } problem)
                {
                    throw problem;
                }

                await docker.RemoveLeftovers(ContainerLabels.Engine, dataDirectory, cancellation);
                clean = true;
            }

            return docker;
        }
        finally
        {
            gate.Release();
        }
    }
}
