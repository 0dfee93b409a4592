namespace ScarNet.Aws.Batch.Model;

public sealed class ArrayProperties
{
    public int? Size { get; set; }
}
