namespace ScarNet.Aws.Ecr.Model;

public sealed class ImageIdentifier
{
    public string? ImageTag { get; set; }

    public string? ImageDigest { get; set; }
}
