using System.Text.Json.Nodes;

namespace ScarNet.Containers;

/// <summary>Reads what the Docker Engine API answers. Source: docs.docker.com/reference/api/engine/</summary>
public static class DockerAnswers
{
    /// <summary>Reads an entry of Docker's <c>Mounts</c> or of ECS's <c>Volumes</c>, which have the same members.</summary>
    public static MountedPath Mount(JsonNode entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new(Text(entry["Source"]), Text(entry["Destination"]));
    }

    internal static ImageConfig Image(JsonNode answer)
    {
        var config = answer["Config"];
        return new(
            Text(answer["Id"]),
            [.. config?["Entrypoint"]?.AsArray().Select(Text) ?? []],
            Text(config?["User"]),
            Text(config?["WorkingDir"]));
    }

    internal static ContainerDetails Container(JsonNode answer) => new(
        Text(answer["Id"]),
        answer["State"]?["Running"]?.GetValue<bool>() ?? false,
        Labels(answer["Config"]?["Labels"]),
        [.. answer["Mounts"]?.AsArray().OfType<JsonNode>().Select(Mount) ?? []],
        Positive(answer["HostConfig"]?["Memory"]),
        Positive(answer["HostConfig"]?["CpuShares"]));

    internal static ListedContainer Listed(JsonNode answer) => new(Text(answer["Id"]), Labels(answer["Labels"]));

    private static Dictionary<string, string> Labels(JsonNode? labels) =>
        labels?.AsObject().ToDictionary(label => label.Key, label => Text(label.Value)) ?? [];

    private static string Text(JsonNode? text) => text?.GetValue<string>() ?? "";

    private static long? Positive(JsonNode? number) => number?.GetValue<long>() is { } value and > 0 ? value : null;
}
