using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScarNet.Containers;

/// <summary>The images of a Docker daemon. Thread-safe.</summary>
/// <param name="api">The daemon.</param>
/// <param name="configFile">Docker's config.json with the registry logins, or null.</param>
internal sealed class DockerImages(DockerApi api, string? configFile) : IDisposable
{
    private static readonly TimeSpan PullLimit = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim pulling = new(1);

    /// <summary>Pulls an image unless it is here already.</summary>
    /// <exception cref="ContainerException"><c>CannotPullContainerError: …</c></exception>
    public async Task Ensure(string image, CancellationToken cancellation)
    {
        if (await Has(image, cancellation))
        {
            return;
        }

        await pulling.WaitAsync(cancellation);
        try
        {
            if (!await Has(image, cancellation))
            {
                await Pull(image, cancellation);
            }
        }
        finally
        {
            pulling.Release();
        }
    }

    /// <summary>What is known of an image that is here; null when it is not.</summary>
    /// <exception cref="ContainerException">Docker cannot say.</exception>
    public async Task<ImageConfig?> Find(string image, CancellationToken cancellation)
    {
        var answer = await api.Call(HttpMethod.Get, $"images/{image}/json", null, Docker.CallLimit, cancellation);
        return answer.Status == HttpStatusCode.NotFound ? null
            : answer.Ok ? DockerAnswers.Image(answer.Json)
            : throw ContainerException.Pull(image, answer.Message);
    }

    /// <summary>Makes an image of one layer.</summary>
    /// <param name="image">repository:tag</param>
    /// <param name="tar">The root file system, an uncompressed tar archive.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <exception cref="ContainerException">Docker does not take it.</exception>
    public async Task Import(string image, Stream tar, CancellationToken cancellation)
    {
        var (repository, tag) = image.LastIndexOf(':') is var colon and > 0 ? (image[..colon], image[(colon + 1)..]) : (image, "latest");
        var path = $"images/create?fromSrc=-&repo={Uri.EscapeDataString(repository)}&tag={Uri.EscapeDataString(tag)}";
        var answer = await api.Send(path, tar, Docker.CallLimit, cancellation);
        if (!answer.Ok || answer.Body.Split('\n').Select(line => ErrorIn(line, progress: true)).FirstOrDefault(error => error is not null) is not null)
        {
            throw new ContainerException($"Docker does not take image '{image}': {answer.Message}");
        }

        if (await Find(image, cancellation) is null)
        {
            await Name(ImportedId(answer), repository, tag, cancellation);
        }
    }

    public void Dispose() => pulling.Dispose();

    // Podman before 5 leaves an imported image without the name it was told.
    private async Task Name(string id, string repository, string tag, CancellationToken cancellation)
    {
        var path = $"images/{id}/tag?repo={Uri.EscapeDataString(repository)}&tag={Uri.EscapeDataString(tag)}";
        var answer = await api.Call(HttpMethod.Post, path, null, Docker.CallLimit, cancellation);
        if (!answer.Ok)
        {
            throw new ContainerException($"Docker does not name image '{repository}:{tag}': {answer.Message}");
        }
    }

    private static string ImportedId(DockerAnswer answer) =>
        JsonNode.Parse(answer.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])?["status"]?.GetValue<string>()
        ?? throw new ContainerException($"Docker does not say which image it made: {answer.Body}");

    private async Task<bool> Has(string image, CancellationToken cancellation)
    {
        var answer = await api.Call(HttpMethod.Get, $"images/{image}/json", null, Docker.CallLimit, cancellation);
        return answer.Status switch
        {
            HttpStatusCode.OK => true,
            HttpStatusCode.NotFound => false,
            _ => throw ContainerException.Pull(image, answer.Message),
        };
    }

    /// <summary>Docker answers 200 at once and tells progress, or the error, as one JSON object a line.</summary>
    private async Task Pull(string image, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(PullLimit);
        var reference = image.Contains('@', StringComparison.Ordinal) || image[(image.LastIndexOf('/') + 1)..].Contains(':', StringComparison.Ordinal)
            ? image
            : image + ":latest";
        var logins = configFile is not null && File.Exists(configFile) ? await File.ReadAllTextAsync(configFile, cancellation) : null;
        var path = $"images/create?fromImage={Uri.EscapeDataString(reference)}";
        try
        {
            using var response = await api.Open(HttpMethod.Post, path, RegistryLogins.HeaderFor(image, logins), deadline.Token);
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(deadline.Token));
            while (await reader.ReadLineAsync(deadline.Token) is { } line)
            {
                if (ErrorIn(line, response.IsSuccessStatusCode) is { } error)
                {
                    throw ContainerException.Pull(image, error);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw ContainerException.Pull(image, $"not here after {PullLimit.TotalMinutes:0} minutes");
        }
    }

    /// <summary>What went wrong, by an answer of one JSON object a line.</summary>
    public static IReadOnlyList<string> Errors(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => ErrorIn(line, progress: true)).OfType<string>()];

    /// <summary>The error in a line of such an answer, or null; where it is no progress but the whole answer, its text.</summary>
    public static string? ErrorIn(string line, bool progress)
    {
        try
        {
            var node = JsonNode.Parse(line);
            return node?["error"]?.GetValue<string>() ?? node?["message"]?.GetValue<string>() ?? (progress ? null : line);
        }
        catch (JsonException)
        {
            return progress ? null : line;
        }
    }
}
