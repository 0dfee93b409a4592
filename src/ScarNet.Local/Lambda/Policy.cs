using System.Text.Json.Nodes;

namespace ScarNet.Local.Lambda;

/// <summary>A function's resource policy: who else may invoke it.</summary>
internal static class Policy
{
    private const string S3 = "s3.amazonaws.com";

    /// <summary>Whether S3 may invoke the function for events of a bucket.</summary>
    /// <param name="statements">The function's.</param>
    /// <param name="bucketArn">The bucket that would call.</param>
    /// <param name="account">The bucket's owner.</param>
    public static bool LetsBucketInvoke(IReadOnlyList<PolicyStatement> statements, string bucketArn, string account) =>
        LetsInvoke(statements, S3, bucketArn, account);

    /// <summary>Whether a service may invoke the function.</summary>
    /// <param name="statements">The function's.</param>
    /// <param name="service">Such as <c>events.amazonaws.com</c>.</param>
    /// <param name="sourceArn">For what it would call.</param>
    /// <param name="account">Of that.</param>
    public static bool LetsInvoke(IReadOnlyList<PolicyStatement> statements, string service, string sourceArn, string account) => statements.Any(s =>
        (s.Principal == service || s.Principal == "*")
        && s.Action is "lambda:InvokeFunction" or "lambda:*"
        && (s.SourceArn is null || Matches(s.SourceArn, sourceArn))
        && (s.SourceAccount is null || s.SourceAccount == account));

    public static JsonObject Document(FunctionRecord function) => new()
    {
        ["Version"] = "2012-10-17",
        ["Id"] = "default",
        ["Statement"] = new JsonArray([.. function.Policy.Select(s => Statement(s, function.QualifiedArn))]),
    };

    public static JsonObject Statement(PolicyStatement statement, string functionArn)
    {
        var json = new JsonObject
        {
            ["Sid"] = statement.Sid,
            ["Effect"] = "Allow",
            ["Principal"] = Principal(statement.Principal),
            ["Action"] = statement.Action,
            ["Resource"] = functionArn,
        };
        var condition = new JsonObject();
        Add(condition, "StringEquals", "AWS:SourceAccount", statement.SourceAccount);
        Add(condition, "StringEquals", "aws:PrincipalOrgID", statement.PrincipalOrgId);
        Add(condition, "ArnLike", "AWS:SourceArn", statement.SourceArn);
        if (condition.Count > 0)
        {
            json["Condition"] = condition;
        }

        return json;
    }

    /// <summary>ArnLike: '*' stands for any text, '?' for one character.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var (p, t, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, t);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
            {
                (p, t) = (p + 1, t + 1);
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }

    private static JsonNode Principal(string principal) => principal switch
    {
        "*" => "*",
        _ when principal.EndsWith(".amazonaws.com", StringComparison.Ordinal) => new JsonObject { ["Service"] = principal },
        _ when principal.StartsWith("arn:", StringComparison.Ordinal) => new JsonObject { ["AWS"] = principal },
        _ => new JsonObject { ["AWS"] = $"arn:aws:iam::{principal}:root" },
    };

    private static void Add(JsonObject condition, string test, string key, string? value)
    {
        if (value is not null)
        {
            condition.TryAdd(test, new JsonObject());
            condition[test]!.AsObject()[key] = value;
        }
    }
}
