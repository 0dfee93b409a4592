namespace ScarNet.Aws.Lambda.Model;

public sealed class FunctionCodeLocation
{
    public string? RepositoryType { get; set; }

    public string? Location { get; set; }

    public string? ImageUri { get; set; }

    public string? ResolvedImageUri { get; set; }
}
