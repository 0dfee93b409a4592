namespace ScarNet.Aws.Lambda.Model;

public sealed class Concurrency
{
    public int? ReservedConcurrentExecutions { get; set; }
}
