namespace ScarNet.Aws.Batch.Model;

public sealed class KeyValuePair
{
    public string? Name { get; set; }

    public string? Value { get; set; }
}
