using Amazon.Runtime;

namespace ScarNet.Cli.Deploy;

/// <summary>
/// IAM answers before all of AWS knows what a role may do. Lambda looks at the role when it is told of a network, a file system, a queue or a
/// topic, and says in its own words that the role cannot be assumed, or may not.
/// </summary>
internal static class FreshRole
{
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(60);

    /// <summary>Asks again for a while.</summary>
    public static Task<T> Waits<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellation) =>
        Poll.Again(call, IsMeant, longest, cancellation);

    private static bool IsMeant(Exception e) =>
        e is AmazonServiceException { ErrorCode: "InvalidParameterValueException" }
        && (e.Message.Contains("assume", StringComparison.Ordinal) || e.Message.Contains("execution role does not have permission", StringComparison.OrdinalIgnoreCase));
}
