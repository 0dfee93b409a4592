namespace ScarNet.Aws.Http;

/// <summary>What the SDK must know of a service that has no package of its own.</summary>
/// <param name="Id">The service's id: <c>AWS_ENDPOINT_URL_&lt;ID&gt;</c> and the <c>services</c> section of a profile go by it.</param>
/// <param name="SigningName">Its name in the credential scope, and its host's first label.</param>
/// <param name="ApiVersion">Version of the API whose shapes we send.</param>
internal sealed record ServiceIdentity(string Id, string SigningName, string ApiVersion)
{
    /// <summary>Whether there is but one for a whole partition.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>What stands before the name in its host, with its dot.</summary>
    public string HostPrefix { get; init; } = "";
}
