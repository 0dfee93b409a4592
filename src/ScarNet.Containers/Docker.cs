using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScarNet.Core;

namespace ScarNet.Containers;

/// <summary>
/// Runs containers through the Docker Engine API (Podman's has the same), which keeps environments out of command lines and carries any
/// character in them. Thread-safe.
/// </summary>
public sealed class Docker : IDisposable
{
    internal static readonly TimeSpan CallLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(5);

    /// <summary>What Docker and Podman say that they miss where a machine has no init process for containers.</summary>
    private static readonly string[] InitPrograms = ["docker-init", "catatonit", "container-init"];

    private readonly DockerApi api;
    private readonly DockerImages images;
    private volatile bool withInit = true;

    /// <summary>A client; it connects with each call.</summary>
    /// <param name="address">Where Docker listens.</param>
    /// <param name="configFile">Docker's config.json with the registry logins, or null.</param>
    public Docker(DockerAddress address, string? configFile)
    {
        api = new DockerApi(address);
        images = new DockerImages(api, configFile);
    }

    /// <summary>The Docker that the environment of this process points to.</summary>
    /// <exception cref="ScarException">A DOCKER_HOST that this engine cannot use.</exception>
    public static Docker FromEnvironment()
    {
        var config = Environment.GetEnvironmentVariable("DOCKER_CONFIG")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker");
        return new Docker(
            DockerAddress.Find(
                Environment.GetEnvironmentVariable("DOCKER_HOST"), Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR")),
            Path.Combine(config, "config.json"));
    }

    /// <summary>Where it listens.</summary>
    public DockerAddress Address => api.Address;

    /// <summary>Asks whether Docker answers.</summary>
    /// <returns>Null when it does; else what is wrong and what to do, in one sentence each.</returns>
    public async Task<ScarException?> Probe(CancellationToken cancellation)
    {
        string why;
        try
        {
            var answer = await api.Call(HttpMethod.Get, "_ping", null, ProbeLimit, cancellation);
            if (answer.Ok)
            {
                return null;
            }

            why = answer.Message;
        }
        catch (Exception e) when (e is HttpRequestException or ContainerException)
        {
            why = e.InnerException?.Message ?? e.Message;
        }

        return new ScarException(
            $"Docker does not answer at {api.Address}: {why}",
            "start Docker (systemctl start docker), point DOCKER_HOST at it, or use --no-containers to run scripts on this host");
    }

    /// <inheritdoc cref="DockerImages.Ensure"/>
    public Task EnsureImage(string image, CancellationToken cancellation) => images.Ensure(image, cancellation);

    /// <inheritdoc cref="DockerImages.Find"/>
    public Task<ImageConfig?> FindImage(string image, CancellationToken cancellation) => images.Find(image, cancellation);

    /// <inheritdoc cref="DockerImages.Import"/>
    public Task Import(string image, Stream tar, CancellationToken cancellation) => images.Import(image, tar, cancellation);

    /// <inheritdoc cref="ImageBuilds.Derive"/>
    public Task DeriveImage(string from, string program, string entry, string image, CancellationToken cancellation) =>
        new ImageBuilds(api, images).Derive(from, program, entry, image, cancellation);

    /// <inheritdoc cref="ImageBuilds.Push"/>
    public Task PushImage(string repository, string tag, string login, CancellationToken cancellation) =>
        new ImageBuilds(api, images).Push(repository, tag, login, cancellation);

    /// <summary>Starts a container, pulling its image when it is missing. The caller disposes of it.</summary>
    /// <exception cref="ContainerException">It cannot be pulled, created or started.</exception>
    public async Task<RunningContainer> Start(ContainerSpec spec, ContainerOutput output, CancellationToken cancellation)
    {
        try
        {
            await images.Ensure(spec.Image, cancellation);
            return await StartOnce(spec, output, withInit, cancellation)
                ?? await StartOnce(spec, output, withInit = false, cancellation)
                ?? throw ContainerException.Start("it can be started neither with Docker's init process nor without");
        }
        catch (HttpRequestException e)
        {
            throw new ContainerException(
                $"CannotStartContainerError: Docker does not answer at {api.Address}: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    /// <summary>Kills and removes every container that carries this label and value, and removes the volumes that do.</summary>
    /// <returns>How many containers there were.</returns>
    public async Task<int> RemoveLeftovers(string label, string value, CancellationToken cancellation)
    {
        var ids = (await Listed($"{label}={value}", cancellation)).Select(container => container["Id"]!.GetValue<string>()).ToList();
        await Task.WhenAll(ids.Select(id => Remove(api, id)));
        var volumes = await api.Call(HttpMethod.Get, $"volumes?filters={Filter($"{label}={value}")}", null, CallLimit, cancellation);
        if (volumes.Ok && volumes.Json["Volumes"] is JsonArray found)
        {
            await Task.WhenAll(found.Select(volume => RemoveVolume(volume!["Name"]!.GetValue<string>())));
        }

        return ids.Count;
    }

    /// <summary>What is known of a container; null when there is none.</summary>
    /// <param name="id">Its id or name.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <exception cref="ContainerException">Docker cannot say.</exception>
    public async Task<ContainerDetails?> FindContainer(string id, CancellationToken cancellation)
    {
        var answer = await api.Call(HttpMethod.Get, $"containers/{id}/json", null, CallLimit, cancellation);
        return answer.Status == HttpStatusCode.NotFound ? null
            : answer.Ok ? DockerAnswers.Container(answer.Json)
            : throw new ContainerException($"CannotInspectContainerError: {answer.Message}");
    }

    /// <summary>Every container, running or not, that carries a label, whatever its value.</summary>
    public async Task<IReadOnlyList<ListedContainer>> List(string label, CancellationToken cancellation) =>
        [.. (await Listed(label, cancellation)).Select(DockerAnswers.Listed)];

    /// <summary>Kills and removes a container. One that is gone, or going, is fine.</summary>
    public Task Remove(string id) => Remove(api, id);

    /// <summary>Removes a volume. One that is gone is fine; one that is in use stays.</summary>
    public Task RemoveVolume(string name) =>
        api.Call(HttpMethod.Delete, $"volumes/{Uri.EscapeDataString(name)}?force=1", null, CallLimit, CancellationToken.None);

    public void Dispose()
    {
        api.Dispose();
        images.Dispose();
    }

    /// <summary>Kills and removes. A container that is gone, or going, is fine.</summary>
    internal static async Task Remove(DockerApi api, string id)
    {
        // Cleaning up must not stop because the caller was cancelled.
        var answer = await api.Call(HttpMethod.Delete, $"containers/{id}?force=1&v=1", null, CallLimit, CancellationToken.None);
        if (!answer.Ok && answer.Status is not (HttpStatusCode.NotFound or HttpStatusCode.Conflict))
        {
            throw new ContainerException($"Docker cannot remove container {id[..12]}: {answer.Message}");
        }
    }

    private static string Filter(string label) => Uri.EscapeDataString(new JsonObject { ["label"] = new JsonArray(label) }.ToJsonString());

    private async Task<IEnumerable<JsonNode>> Listed(string label, CancellationToken cancellation)
    {
        var path = $"containers/json?all=1&filters={Filter(label)}";
        var answer = await api.Call(HttpMethod.Get, path, null, CallLimit, cancellation);
        return answer.Ok
            ? answer.Json.AsArray().OfType<JsonNode>()
            : throw new ContainerException($"Docker cannot list containers: {answer.Message}");
    }

    /// <summary>Null when the daemon has no init process and it is worth another try without.</summary>
    private async Task<RunningContainer?> StartOnce(
        ContainerSpec spec, ContainerOutput output, bool init, CancellationToken cancellation)
    {
        var path = spec.Name is null ? "containers/create" : $"containers/create?name={Uri.EscapeDataString(spec.Name)}";
        // Not given up half-way: the container might be made all the same, and nobody would know its id.
        var created = await api.Call(HttpMethod.Post, path, DockerRequests.Create(spec, init), CallLimit, CancellationToken.None);
        if (!created.Ok)
        {
            if (init && LacksInit(created)) // Podman looks for it already here, Docker at the start
            {
                return null;
            }

            // Docker names a directory that should be mounted and is not there.
            throw spec.Proof is { } missed && spec.Mounts.Any(mount => mount.Source is { } source && created.Message.Contains(source, StringComparison.Ordinal))
                ? new ContainerProofException(missed.Path)
                : ContainerException.Create(created.Message);
        }

        var id = created.Json["Id"]!.GetValue<string>();
        Stream? stream = null;
        Stream? input = null;
        try
        {
            cancellation.ThrowIfCancellationRequested();
            if (spec.Proof is { } proof)
            {
                await Prove(id, proof, cancellation);
            }

            // Attached before the start, so that not a byte is missed.
            stream = await api.Attach($"containers/{id}/attach?stream=1&stdout=1&stderr=1&stdin={(spec.Lifeline ? 1 : 0)}", CallLimit, cancellation);
            if (spec.InputFile is not null)
            {
                input = await api.Attach($"containers/{id}/attach?stream=1&stdin=1", CallLimit, cancellation);
            }

            var started = await api.Call(HttpMethod.Post, $"containers/{id}/start", null, CallLimit, cancellation);
            if (started.Ok)
            {
                return new RunningContainer(api, id, stream, output, input is null ? null : new ContainerInput(spec.InputFile!, input));
            }

            if (!init || !LacksInit(started))
            {
                throw ContainerException.Start(started.Message);
            }
        }
        catch
        {
            await Abandon(id, stream, input);
            throw;
        }

        await Abandon(id, stream, input);
        return null;
    }

    private static bool LacksInit(DockerAnswer answer) => InitPrograms.Any(name => answer.Message.Contains(name, StringComparison.Ordinal));

    // Docker reads a file of a container that has not run yet through its mounts, as the container will see them.
    private async Task Prove(string id, ContainerProof proof, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(CallLimit);
        var path = $"containers/{id}/archive?path={Uri.EscapeDataString(proof.Path)}";
        using var response = await api.Open(HttpMethod.Get, path, null, deadline.Token);
        if (!response.IsSuccessStatusCode || !await proof.IsIn(await response.Content.ReadAsStreamAsync(deadline.Token), deadline.Token))
        {
            throw new ContainerProofException(proof.Path);
        }
    }

    private async Task Abandon(string id, params IReadOnlyList<Stream?> streams)
    {
        foreach (var stream in streams.OfType<Stream>())
        {
            await stream.DisposeAsync();
        }

        await Remove(api, id);
    }
}
