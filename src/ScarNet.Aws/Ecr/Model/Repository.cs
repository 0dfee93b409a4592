namespace ScarNet.Aws.Ecr.Model;

public sealed class Repository
{
    public string? RepositoryArn { get; set; }

    public string? RepositoryName { get; set; }

    /// <summary>What images in it are called: registry and name.</summary>
    public string? RepositoryUri { get; set; }
}
