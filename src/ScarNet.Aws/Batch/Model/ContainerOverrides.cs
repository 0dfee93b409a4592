namespace ScarNet.Aws.Batch.Model;

public sealed class ContainerOverrides
{
    public int? Vcpus { get; set; }

    public int? Memory { get; set; }

    public List<string>? Command { get; set; }

    public string? InstanceType { get; set; }

    public List<KeyValuePair>? Environment { get; set; }

    public List<ResourceRequirement>? ResourceRequirements { get; set; }
}
