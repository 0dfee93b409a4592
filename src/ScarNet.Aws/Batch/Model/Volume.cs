namespace ScarNet.Aws.Batch.Model;

public sealed class Volume
{
    public Host? Host { get; set; }

    public string? Name { get; set; }
}
