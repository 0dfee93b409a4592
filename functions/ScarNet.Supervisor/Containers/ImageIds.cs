using System.Text.Json;
using System.Text.Json.Nodes;
using ScarNet.Containers;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Containers;

/// <summary>
/// Tells the content behind the name of a function's image: a tag may be another image tomorrow. Docker knows it in a container beside the
/// script's, the task's metadata on AWS, the engine's word elsewhere; in Lambda nobody does. A name with a digest says it itself.
/// </summary>
internal sealed class ImageIds(Surroundings surroundings, JobSpec spec)
{
    private const string Digest = "@sha256:";

    private static readonly TimeSpan MetadataLimit = TimeSpan.FromSeconds(10);

    /// <returns><c>sha256:…</c>; null where it is not known.</returns>
    /// <exception cref="RunFailure">The image cannot be had.</exception>
    public async Task<string?> Find(CancellationToken cancellation)
    {
        try
        {
            return spec switch
            {
                { Image: { } image } when image.Contains(Digest, StringComparison.Ordinal) => null,
                { Sibling.Image: { } image } => await OfDocker(image, cancellation),
                { Image: { } image } when surroundings[SupervisorVariables.Images] is { } told => JsonNode.Parse(told)?[image]?.GetValue<string>(),
                { Image: { } image } when surroundings[OwnContainer.MetadataVariable] is { } address => await OfTask(address, image, cancellation),
                _ => null,
            };
        }
        catch (ContainerException e)
        {
            throw new RunFailure(ExitCodes.ImageProblem, e.Message, e);
        }
    }

    private static async Task<string?> OfDocker(string image, CancellationToken cancellation)
    {
        using var docker = Docker.FromEnvironment();
        await docker.EnsureImage(image, cancellation);
        return (await docker.FindImage(image, cancellation))?.Id;
    }

    // A container that has not been started may not have it yet: then the name has to do.
    private static async Task<string?> OfTask(string address, string image, CancellationToken cancellation)
    {
        using var http = new HttpClient { Timeout = MetadataLimit };
        try
        {
            var task = JsonNode.Parse(await http.GetStringAsync(new Uri(address + "/task"), cancellation));
            var container = task?["Containers"]?.AsArray().FirstOrDefault(container => container?["Image"]?.GetValue<string>() == image);
            return container?["ImageID"]?.GetValue<string>() is { Length: > 0 } id ? id : null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or UriFormatException
            || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }
}
