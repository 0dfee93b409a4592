namespace ScarNet.Aws.Batch.Model;

public sealed class RetryStrategy
{
    public int? Attempts { get; set; }

    public List<EvaluateOnExit>? EvaluateOnExit { get; set; }
}
