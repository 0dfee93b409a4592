namespace ScarNet.Aws.EventBridge.Model;

public sealed class Target
{
    public string? Id { get; set; }

    public string? Arn { get; set; }

    public DeadLetterConfig? DeadLetterConfig { get; set; }
}
