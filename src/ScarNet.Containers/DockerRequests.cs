using System.Text.Json.Nodes;

namespace ScarNet.Containers;

/// <summary>Bodies of Docker Engine API calls. Source: docs.docker.com/reference/api/engine/</summary>
internal static class DockerRequests
{
    /// <summary>Source: ECS gives a container 1,024 shares for each vCPU.</summary>
    private const int SharesPerCpu = 1024;

    public static JsonObject Create(ContainerSpec spec, bool withInit) => new()
    {
        ["Image"] = spec.Image,
        ["Entrypoint"] = Texts(spec.Entrypoint),
        ["Cmd"] = Texts(spec.Command),
        ["Env"] = Texts(spec.Environment.Select(variable => $"{variable.Key}={variable.Value}")),
        ["User"] = spec.User ?? "",
        ["WorkingDir"] = spec.WorkingDirectory ?? "",
        ["Labels"] = new JsonObject(spec.Labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
        ["AttachStdin"] = spec.Lifeline || spec.InputFile is not null,
        ["OpenStdin"] = spec.Lifeline || spec.InputFile is not null,
        ["StdinOnce"] = spec.Lifeline || spec.InputFile is not null,
        ["AttachStdout"] = true,
        ["AttachStderr"] = true,
        ["Tty"] = false,
        ["HostConfig"] = Host(spec, withInit),
    };

    private static JsonObject Host(ContainerSpec spec, bool withInit)
    {
        var host = new JsonObject
        {
            ["NetworkMode"] = "host",
            ["Init"] = withInit,
            ["Privileged"] = spec.Privileged,
            ["ReadonlyRootfs"] = spec.ReadOnlyRoot,
            ["Mounts"] = new JsonArray([.. spec.Mounts.Select(mount => Mount(mount, spec.Labels))]),
            ["Ulimits"] = new JsonArray([.. spec.Ulimits.Select(Ulimit)]),
            // The engine reads the streams itself; a second copy on Docker's disk would grow without bound.
            ["LogConfig"] = new JsonObject { ["Type"] = "none" },
        };
        if (spec.MemoryBytes is { } memory)
        {
            host["Memory"] = memory;
            host["MemorySwap"] = memory; // the sum of memory and swap: no swap
        }

        if (spec.Cpus is { } cpus)
        {
            host["CpuShares"] = Math.Max(2, (long)(cpus * SharesPerCpu)); // 2 is the kernel's least
        }

        if (spec.CpuLimit is { } limit)
        {
            host["NanoCpus"] = (long)(limit * 1_000_000_000);
        }

        if (spec.SharedMemoryBytes is { } shared)
        {
            host["ShmSize"] = shared;
        }

        if (spec.Gpus > 0 || spec.GpuDevices.Count > 0)
        {
            var request = new JsonObject { ["Driver"] = "nvidia", ["Capabilities"] = new JsonArray(new JsonArray("gpu")) };
            if (spec.GpuDevices.Count > 0)
            {
                request["DeviceIDs"] = Texts(spec.GpuDevices);
            }
            else
            {
                request["Count"] = spec.Gpus;
            }

            host["DeviceRequests"] = new JsonArray(request);
        }

        return host;
    }

    private static JsonObject Mount(ContainerMount mount, IReadOnlyDictionary<string, string> labels)
    {
        var isVolume = mount.Source is null || !mount.Source.StartsWith('/');
        var body = new JsonObject
        {
            ["Type"] = isVolume ? "volume" : "bind",
            ["Source"] = mount.Source ?? "",
            ["Target"] = mount.Target,
            ["ReadOnly"] = mount.ReadOnly,
        };
        if (isVolume && labels.TryGetValue(ContainerLabels.Engine, out var engine))
        {
            body["VolumeOptions"] = new JsonObject { ["Labels"] = new JsonObject { [ContainerLabels.Engine] = engine } };
        }

        return body;
    }

    private static JsonObject Ulimit(ContainerUlimit limit) => new()
    {
        ["Name"] = limit.Name,
        ["Soft"] = limit.Soft,
        ["Hard"] = limit.Hard,
    };

    private static JsonArray? Texts(IEnumerable<string>? values) =>
        values is null ? null : new JsonArray([.. values.Select(value => (JsonNode)value)]);
}
