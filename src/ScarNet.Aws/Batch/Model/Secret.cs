namespace ScarNet.Aws.Batch.Model;

public sealed class Secret
{
    public string? Name { get; set; }

    public string? ValueFrom { get; set; }
}
