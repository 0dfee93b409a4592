namespace ScarNet.Aws.Ecr.Model;

public sealed class ImageDetail
{
    public string? ImageDigest { get; set; }

    public List<string>? ImageTags { get; set; }
}
