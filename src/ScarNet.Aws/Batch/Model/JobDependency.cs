namespace ScarNet.Aws.Batch.Model;

public sealed class JobDependency
{
    public string? JobId { get; set; }

    public string? Type { get; set; }
}
