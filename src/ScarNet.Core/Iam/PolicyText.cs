using System.Text;

namespace ScarNet.Core.Iam;

/// <summary>Text in policies.</summary>
public static class PolicyText
{
    /// <summary>
    /// What stands for itself in a pattern of a policy: there '*' and '?' are wildcards, and '$' begins a variable. Source:
    /// docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    /// </summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c is '*' or '?' or '$' ? escaped.Append("${").Append(c).Append('}') : escaped.Append(c);
        }

        return escaped.ToString();
    }
}
