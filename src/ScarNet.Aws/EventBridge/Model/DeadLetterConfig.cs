namespace ScarNet.Aws.EventBridge.Model;

public sealed class DeadLetterConfig
{
    public string? Arn { get; set; }
}
