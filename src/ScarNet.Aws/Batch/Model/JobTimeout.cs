namespace ScarNet.Aws.Batch.Model;

public sealed class JobTimeout
{
    public int? AttemptDurationSeconds { get; set; }
}
