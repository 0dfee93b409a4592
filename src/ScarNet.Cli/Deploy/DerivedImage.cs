using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Deploy;

/// <summary>
/// The image that Lambda runs in place of a function's own: the same with the supervisor as its entry, in a repository of the account. Named by
/// what it is made from, so that there is nothing to compare but presence; the user's image is known by its name.
/// </summary>
/// <param name="From">The function's own image.</param>
/// <param name="Repository">Name of the repository.</param>
/// <param name="Tag">Digest of what it is made from.</param>
/// <param name="Registry">Host of the account's registry.</param>
internal sealed partial record DerivedImage(string From, string Repository, string Tag, string Registry)
{
    /// <summary>Where the supervisor is in it, and what it starts.</summary>
    public const string Entry = SupervisorVariables.MountPath;

    /// <summary>All repositories that ScarNet makes.</summary>
    private const string Prefix = "scarnet/";

    public string Uri => $"{Registry}/{Repository}:{Tag}";

    /// <summary>Null where the function's image is run as it is: on the engine, which mounts the supervisor, and images of ECR, which hold it.</summary>
    public static DerivedImage? Of(FunctionPlan plan) =>
        plan is { UsesImageInLambda: true, Target: { IsEngine: false } target, Function.Image: { } image } && !IsInEcr(image)
            ? new(image, RepositoryOf(plan.Name), Digest($"{image}\n{plan.Supervisor.Sha256}\n{Entry}")[..32], RegistryOf(target))
            : null;

    /// <summary>Whether an image is one of ECR's, and so holds the supervisor itself.</summary>
    public static bool IsInEcr(string image) => Ecr().IsMatch(image);

    /// <summary>ECR knows fewer names than Lambda: others are written differently, and told apart by a digest.</summary>
    public static string RepositoryOf(string function)
    {
        if (Name().IsMatch(function))
        {
            return Prefix + function;
        }

        var near = Other().Replace(function.ToLowerInvariant(), "-").Trim('-');
        return $"{Prefix}{near}{(near.Length > 0 ? "-" : "")}{Digest(function)[..8]}";
    }

    // Source: docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
    private static string RegistryOf(Target target) =>
        $"{target.Account}.dkr.ecr.{target.Region}.amazonaws.com{(target.Place.Partition == "aws-cn" ? ".cn" : "")}";

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex(@"^[0-9]{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ecr();

    // Source: docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
    [GeneratedRegex("^[a-z0-9]+([_-][a-z0-9]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Other();
}
