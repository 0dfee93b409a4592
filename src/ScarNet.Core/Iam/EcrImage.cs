using System.Text.RegularExpressions;

namespace ScarNet.Core.Iam;

/// <summary>Images in registries of Amazon ECR.</summary>
public static partial class EcrImage
{
    /// <summary>ARN of the repository; null when the image is in none of ECR's.</summary>
    public static string? Repository(string image, string partition) => Address().Match(image) is { Success: true } match
        ? $"arn:{partition}:ecr:{match.Groups["region"].Value}:{match.Groups["account"].Value}:repository/{match.Groups["name"].Value}"
        : null;

    [GeneratedRegex(
        @"^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?/(?<name>[a-z0-9._/-]+)([:@].*)?$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
