namespace ScarNet.Core.Functions;

/// <summary>An Amazon Resource Name, by its parts. Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html</summary>
/// <param name="Partition"><c>aws</c>, <c>aws-cn</c>, …</param>
/// <param name="Service">Such as <c>sqs</c>.</param>
/// <param name="Region">Empty for what is no region's.</param>
/// <param name="Account">Twelve digits; empty for buckets.</param>
/// <param name="Resource">The rest, with its own colons.</param>
public sealed record Arn(string Partition, string Service, string Region, string Account, string Resource)
{
    private const int Parts = 6;

    /// <summary>Null when the text is none.</summary>
    public static Arn? Parse(string text) =>
        text.Split(':', Parts) is ["arn", var partition, { Length: > 0 } service, var region, var account, { Length: > 0 } resource]
        && partition.StartsWith("aws", StringComparison.Ordinal)
        && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
        && (account.Length == 0 || (account.Length == 12 && account.All(char.IsAsciiDigit)))
            ? new(partition, service, region, account, resource)
            : null;
}
