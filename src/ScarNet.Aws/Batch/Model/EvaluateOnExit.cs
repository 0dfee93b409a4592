namespace ScarNet.Aws.Batch.Model;

public sealed class EvaluateOnExit
{
    public string? OnStatusReason { get; set; }

    public string? OnReason { get; set; }

    public string? OnExitCode { get; set; }

    public string? Action { get; set; }
}
