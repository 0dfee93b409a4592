namespace ScarNet.Aws.Batch.Model;

public sealed class KeyValuesPair
{
    public string? Name { get; set; }

    public List<string>? Values { get; set; }
}
