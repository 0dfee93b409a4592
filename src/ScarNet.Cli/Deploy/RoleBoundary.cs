using System.Text.RegularExpressions;
using ScarNet.Core.Iam;

namespace ScarNet.Cli.Deploy;

/// <summary>The permissions boundary that roles shall have. Default: the one that they have, or none.</summary>
public readonly partial record struct RoleBoundary
{
    /// <summary>Stands for the foundation's own.</summary>
    public const string Foundation = "foundation";

    /// <summary>Stands for none.</summary>
    public const string None = "none";

    private readonly string? text;

    private RoleBoundary(string text)
    {
        this.text = text;
    }

    /// <param name="text">ARN of a managed policy, <c>foundation</c>, or <c>none</c>.</param>
    /// <returns>Null when it is none of these.</returns>
    public static RoleBoundary? Of(string text) => text is Foundation or None || PolicyArn().IsMatch(text) ? new(text) : null;

    /// <summary>What a role shall have.</summary>
    /// <param name="current">ARN of what it has; null for none.</param>
    /// <param name="place">Where it is.</param>
    internal string? For(string? current, AwsPlace place) => text switch
    {
        null => current,
        None => null,
        Foundation => place.Policy("/scarnet/", $"boundary.{place.Region}"),
        var arn => arn,
    };

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[A-Za-z0-9_+=,.@/-]+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PolicyArn();
}
