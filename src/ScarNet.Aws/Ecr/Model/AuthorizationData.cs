namespace ScarNet.Aws.Ecr.Model;

public sealed class AuthorizationData
{
    /// <summary>Base64 of <c>AWS:password</c>.</summary>
    public string? AuthorizationToken { get; set; }

    /// <summary>Address of the registry.</summary>
    public string? ProxyEndpoint { get; set; }
}
