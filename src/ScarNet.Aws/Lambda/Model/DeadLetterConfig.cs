namespace ScarNet.Aws.Lambda.Model;

public sealed class DeadLetterConfig
{
    public string? TargetArn { get; set; }
}
