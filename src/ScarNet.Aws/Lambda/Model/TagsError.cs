namespace ScarNet.Aws.Lambda.Model;

public sealed class TagsError
{
    public string? ErrorCode { get; set; }

    public string? Message { get; set; }
}
