namespace ScarNet.Aws.Lambda.Model;

public sealed class ImageConfigResponse
{
    public ImageConfig? ImageConfig { get; set; }
}
