using System.Text;

namespace ScarNet.Core.Jobs;

/// <summary>Names of Batch jobs: readable, and the same for the same invocation, so that a job can be found by its name.</summary>
public static class JobNames
{
    // Source: docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html: 128 of letters, digits, '-' and '_', the first alphanumeric.
    private const int MaxLength = 128;
    private const int ClaimDigits = 8;

    /// <summary><c>&lt;function&gt;-&lt;key&gt;-&lt;claim&gt;</c>, the key with what a name may not hold left out.</summary>
    public static string Of(string function, string? key, string invocationId)
    {
        var start = char.IsAsciiLetterOrDigit(function[0]) ? function : "f" + function;
        var end = "-" + invocationId[..ClaimDigits];
        var slug = Slug(key ?? "");
        var middle = slug.Length == 0 ? "" : "-" + slug;
        var room = MaxLength - start.Length - end.Length;
        return start + (middle.Length <= room ? middle : middle[..room].TrimEnd('-')) + end;
    }

    private static string Slug(string key)
    {
        var slug = new StringBuilder(key.Length);
        foreach (var c in key)
        {
            if (char.IsAsciiLetterOrDigit(c) || c == '_')
            {
                slug.Append(c);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString().TrimEnd('-');
    }
}
