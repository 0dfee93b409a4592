using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ScarNet.Containers;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Containers;

/// <summary>The container that this supervisor runs in.</summary>
/// <param name="Details">What Docker says of it.</param>
/// <param name="Paths">Where its directories lie on the machine.</param>
internal sealed partial record OwnContainer(ContainerDetails Details, HostPaths Paths)
{
    // Source: docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4.html
    public const string MetadataVariable = "ECS_CONTAINER_METADATA_URI_V4";

    private static readonly TimeSpan MetadataLimit = TimeSpan.FromSeconds(10);

    /// <summary>Asks ECS, where there is one, which container this is and what is mounted; else the kernel and Docker.</summary>
    /// <exception cref="RunFailure">Nobody knows.</exception>
    public static async Task<OwnContainer> Find(Docker docker, Surroundings surroundings, CancellationToken cancellation)
    {
        var (own, id) = await Search(docker, surroundings, cancellation);
        return own ?? throw new RunFailure(
            ExitCodes.ImageProblem,
            id is null
                ? "'launch: sibling' needs to know the supervisor's own container, and this is none"
                : $"Docker does not know the supervisor's own container '{id}': the socket in it is another machine's");
    }

    /// <summary>The same where the supervisor may as well be a process of the machine: then, or when Docker knows no such container, null.</summary>
    public static async Task<OwnContainer?> IfAny(Docker docker, Surroundings surroundings, CancellationToken cancellation) =>
        (await Search(docker, surroundings, cancellation)).Own;

    private static async Task<(OwnContainer? Own, string? Id)> Search(Docker docker, Surroundings surroundings, CancellationToken cancellation)
    {
        var metadata = surroundings[MetadataVariable] is { } address ? await Ask(address, cancellation) : null;
        var id = metadata?["DockerId"]?.GetValue<string>() ?? IdIn(await File.ReadAllTextAsync("/proc/self/mountinfo", cancellation));
        if (id is null || await docker.FindContainer(id, cancellation) is not { } details)
        {
            return (null, id);
        }

        List<MountedPath> told = metadata?["Volumes"]?.AsArray().OfType<JsonNode>().Select(DockerAnswers.Mount).ToList() ?? [];
        return (new(details, new(told.Count > 0 ? told : details.Mounts)), id);
    }

    /// <summary>
    /// Docker puts files of its own, in a directory named by the container, over /etc/hosts and its like. The machine itself, where such
    /// directories are mounted elsewhere, is no container. Podman's directory has its storage driver's name before it.
    /// </summary>
    internal static string? IdIn(string mounts) => ContainerDirectory().Match(mounts) is { Success: true } match ? match.Groups["id"].Value : null;

    private static async Task<JsonNode?> Ask(string address, CancellationToken cancellation)
    {
        using var http = new HttpClient { Timeout = MetadataLimit };
        try
        {
            return JsonNode.Parse(await http.GetStringAsync(new Uri(address), cancellation));
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or UriFormatException
            || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new RunFailure(ExitCodes.ImageProblem, $"the container's metadata at '{address}' ({MetadataVariable}) cannot be read: {e.Message}", e);
        }
    }

    [GeneratedRegex(
        "/([a-z0-9]+-)?containers/(?<id>[0-9a-f]{64})/\\S* /etc/(hosts|hostname|resolv\\.conf) ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ContainerDirectory();
}
