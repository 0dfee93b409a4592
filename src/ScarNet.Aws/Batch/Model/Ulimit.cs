namespace ScarNet.Aws.Batch.Model;

public sealed class Ulimit
{
    public int? HardLimit { get; set; }

    public string? Name { get; set; }

    public int? SoftLimit { get; set; }
}
