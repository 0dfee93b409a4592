using System.Net;

namespace ScarNet.Core.Functions;

/// <summary>The rules for names of general purpose buckets. Source: docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html</summary>
public static class BucketName
{
    private static readonly string[] ReservedStarts = ["xn--", "sthree-", "amzn-s3-demo-"];
    private static readonly string[] ReservedEnds = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

    /// <summary>The rule that a name breaks, as the end of a sentence that begins with the name; null when it breaks none.</summary>
    public static string? Flaw(string name)
    {
        if (name.Length is < 3 or > 63)
        {
            return "must have 3 to 63 characters";
        }

        if (name.FirstOrDefault(c => !IsLetterOrDigit(c) && c is not ('.' or '-')) is var wrong && wrong != '\0')
        {
            return $"holds '{wrong}': a bucket's name has lower-case letters, digits, '.' and '-'";
        }

        if (!IsLetterOrDigit(name[0]) || !IsLetterOrDigit(name[^1]))
        {
            return "must begin and end with a letter or digit";
        }

        if (name.Contains("..", StringComparison.Ordinal))
        {
            return "has two dots in a row";
        }

        if (name.Count(c => c == '.') == 3 && IPAddress.TryParse(name, out _))
        {
            return "has the form of an IP address";
        }

        return ReservedStarts.FirstOrDefault(start => name.StartsWith(start, StringComparison.Ordinal)) is { } reserved ? $"begins with '{reserved}', which AWS keeps for itself"
            : ReservedEnds.FirstOrDefault(end => name.EndsWith(end, StringComparison.Ordinal)) is { } ending ? $"ends with '{ending}', which AWS keeps for itself"
            : null;
    }

    private static bool IsLetterOrDigit(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
}
