namespace ScarNet.Aws.Lambda.Model;

public sealed class Layer
{
    public string? Arn { get; set; }

    public long? CodeSize { get; set; }
}
