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

    /// <summary>Where Docker listens.</summary>
    /// <exception cref="ScarException">Docker does not answer; with what to do.</exception>
    public async Task<DockerAddress> Address(CancellationToken cancellation) => (await Ready(cancellation)).Address;

    /// <summary>Makes the image that holds a supervisor and nothing else, when it is not here.</summary>
    /// <param name="image">repository:tag</param>
    /// <param name="supervisor">The binary.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <exception cref="ScarException">Docker does not answer; with what to do.</exception>
    /// <exception cref="ContainerException">Docker does not take it.</exception>
    public async Task EnsureRunner(string image, string supervisor, CancellationToken cancellation)
    {
        var ready = await Ready(cancellation);
        if (await ready.FindImage(image, cancellation) is null)
        {
            await using var archive = await RunnerImage.Of(supervisor, cancellation);
            await ready.Import(image, archive, cancellation);
        }
    }

    /// <summary>The content of an image, which is pulled when it is not here: <c>sha256:…</c>.</summary>
    /// <exception cref="ScarException">Docker does not answer; with what to do.</exception>
    /// <exception cref="ContainerException">It cannot be pulled.</exception>
    public async Task<string?> ImageId(string image, CancellationToken cancellation)
    {
        var ready = await Ready(cancellation);
        await ready.EnsureImage(image, cancellation);
        return (await ready.FindImage(image, cancellation))?.Id;
    }

    /// <summary>Removes what the containers of a job have started.</summary>
    /// <exception cref="ContainerException">One cannot be removed.</exception>
    public async Task RemoveOf(string jobId) => await (await Ready(CancellationToken.None)).RemoveLeftovers(ContainerLabels.Job, jobId, CancellationToken.None);

    /// <summary>Removes a volume that containers shared.</summary>
    public async Task RemoveVolume(string name) => await (await Ready(CancellationToken.None)).RemoveVolume(name);

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
