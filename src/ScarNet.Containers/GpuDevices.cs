namespace ScarNet.Containers;

/// <summary>
/// The GPUs of this container, read from NVIDIA_VISIBLE_DEVICES as ECS sets it. Source:
/// docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html
/// </summary>
/// <param name="Devices">Their names; <c>all</c> alone when every GPU of the machine is this container's.</param>
public sealed record GpuDevices(IReadOnlyList<string> Devices)
{
    public const string Variable = "NVIDIA_VISIBLE_DEVICES";

    /// <summary>What the variable must say in another container so that it gets these and no other, whatever its image says.</summary>
    public string Value => Devices.Count > 0 ? string.Join(',', Devices) : "void";

    /// <param name="value">The variable's; null when it is not set. <c>void</c>, <c>none</c> and nothing are no GPU.</param>
    public static GpuDevices Of(string? value) => new(
        [.. (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(device => device is not ("void" or "none"))
            .Distinct()]);
}
