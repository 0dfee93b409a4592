namespace ScarNet.Cli.Deploy;

/// <summary>Names of what <c>init</c> makes.</summary>
internal static class Names
{
    /// <summary>
    /// The compute environment and the queue that functions share which need nothing special; what the others share is named after what
    /// they need. No function can have these: '-' comes before a function's name.
    /// </summary>
    public const string Shared = "scarnet";

    private const string PermissionPrefix = "scarnet-s3-";

    public static string JobDefinition(string function) => $"scarnet-{function}";

    /// <summary>A compute environment and queue of the function's own.</summary>
    public static string Own(string function) => $"scarnet-{function}";

    public static string LogGroup(string function) => $"/aws/lambda/{function}";

    /// <summary>Statement ids take no dots, bucket names no underscores.</summary>
    public static string Permission(string bucket) => PermissionPrefix + bucket.Replace('.', '_');

    /// <summary>The bucket of a statement of ours; null when it is somebody else's.</summary>
    public static string? BucketOfPermission(string statement) =>
        statement.StartsWith(PermissionPrefix, StringComparison.Ordinal)
            ? statement[PermissionPrefix.Length..].Replace('_', '.')
            : null;
}
