namespace ScarNet.Aws.Lambda.Model;

public sealed class DestinationConfig
{
    public OnFailure? OnFailure { get; set; }
}
