namespace ScarNet.Aws.Lambda.Model;

public sealed class EphemeralStorage
{
    public int? Size { get; set; }
}
