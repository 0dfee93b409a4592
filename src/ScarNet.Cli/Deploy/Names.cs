using System.Security.Cryptography;
using System.Text;

namespace ScarNet.Cli.Deploy;

/// <summary>Names of what <c>init</c> makes.</summary>
internal static class Names
{
    /// <summary>
    /// The compute environment and the queue that functions share which need nothing special; what the others share is named after what
    /// they need. No function can have these: '-' comes before a function's name.
    /// </summary>
    public const string Shared = "scarnet";

    /// <summary>Alias by which everything calls a function.</summary>
    public const string Live = "live";

    /// <summary>The statement of a function's policy that lets its rule of EventBridge call it.</summary>
    public const string RulePermission = "scarnet-events";

    private const string PermissionPrefix = "scarnet-s3-";

    /// <summary>No function's name holds a dot: so no rule of a function can be taken for one of the foundation.</summary>
    private const string RulePrefix = "scarnet.";

    /// <summary>Source: docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html</summary>
    private const int RuleNameLength = 64;

    public static string JobDefinition(string function) => $"scarnet-{function}";

    /// <summary>A compute environment and queue of the function's own.</summary>
    public static string Own(string function) => $"scarnet-{function}";

    public static string LogGroup(string function) => $"/aws/lambda/{function}";

    /// <summary>The rule of EventBridge that starts a function: after its name, or its name's begin and digest where that is too long.</summary>
    public static string EventRule(string function)
    {
        var digest = "." + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(function)))[..8];
        return RulePrefix + (RulePrefix.Length + function.Length <= RuleNameLength
            ? function
            : function[..(RuleNameLength - RulePrefix.Length - digest.Length)] + digest);
    }

    public static bool IsEventRule(string rule) => rule.StartsWith(RulePrefix, StringComparison.Ordinal);

    /// <summary>Statement ids take no dots, bucket names no underscores.</summary>
    public static string Permission(string bucket) => PermissionPrefix + bucket.Replace('.', '_');

    /// <summary>The bucket of a statement of ours; null when it is somebody else's.</summary>
    public static string? BucketOfPermission(string statement) =>
        statement.StartsWith(PermissionPrefix, StringComparison.Ordinal)
            ? statement[PermissionPrefix.Length..].Replace('_', '.')
            : null;
}
