namespace ScarNet.Aws.Lambda.Model;

public sealed class OnFailure
{
    public string? Destination { get; set; }
}
