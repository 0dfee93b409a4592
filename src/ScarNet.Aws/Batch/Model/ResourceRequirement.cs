namespace ScarNet.Aws.Batch.Model;

public sealed class ResourceRequirement
{
    public string? Value { get; set; }

    public string? Type { get; set; }
}
