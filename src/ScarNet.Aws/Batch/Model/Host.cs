namespace ScarNet.Aws.Batch.Model;

public sealed class Host
{
    public string? SourcePath { get; set; }
}
