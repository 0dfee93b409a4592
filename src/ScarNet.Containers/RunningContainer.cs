using System.Text.Json.Nodes;

namespace ScarNet.Containers;

/// <summary>A started container. Disposing kills and removes it, whatever state it is in.</summary>
public sealed class RunningContainer : IAsyncDisposable
{
#pragma warning disable CA2213 // every container of a Docker shares its API
    private readonly DockerApi api;
#pragma warning restore CA2213
    private readonly Stream stream;
    private readonly CancellationTokenSource disposed = new();
    private readonly Task fed;

    internal RunningContainer(DockerApi api, string id, Stream stream, ContainerOutput output, ContainerInput? input = null)
    {
        this.api = api;
        this.stream = stream;
        Id = id;
        Exited = WaitForExit(output);
        fed = input?.Send(disposed.Token) ?? Task.CompletedTask;
    }

    /// <summary>Docker's id, 64 hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>Ends when the container has, and all its output was taken. Fails when Docker does, or the output's taker.</summary>
    public Task<ContainerExit> Exited { get; }

    /// <summary>Sends a signal such as <c>SIGTERM</c> to its first process. One that has ended already is left alone.</summary>
    public Task Signal(string signal, CancellationToken cancellation) =>
        api.Call(HttpMethod.Post, $"containers/{Id}/kill?signal={signal}", null, Docker.CallLimit, cancellation);

    /// <summary>What the kernel does when the engine dies: tests only.</summary>
    internal void CloseConnection() => stream.Dispose();

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Docker.Remove(api, Id);
        }
        finally
        {
            await disposed.CancelAsync();
            await stream.DisposeAsync();
            await fed;
            await Exited.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            disposed.Dispose();
        }
    }

    private async Task<ContainerExit> WaitForExit(ContainerOutput output)
    {
        await OutputFrames.Copy(stream, output, disposed.Token);
        // Both streams may be closed long before the end; this waits as long as the container lives.
        var waited = await api.Call(HttpMethod.Post, $"containers/{Id}/wait", null, Timeout.InfiniteTimeSpan, disposed.Token);
        var inspected = await api.Call(HttpMethod.Get, $"containers/{Id}/json", null, Docker.CallLimit, disposed.Token);
        if (!waited.Ok || !inspected.Ok)
        {
            throw new ContainerException($"CannotInspectContainerError: {(waited.Ok ? inspected : waited).Message}");
        }

        var state = inspected.Json["State"] as JsonObject;
        return new ContainerExit(
            waited.Json["StatusCode"]!.GetValue<int>(),
            state?["OOMKilled"]?.GetValue<bool>() ?? false);
    }
}
