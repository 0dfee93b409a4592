namespace ScarNet.EndToEnd.Wire;

/// <summary>One request as it went over the wire.</summary>
/// <param name="Service">From the credential scope of its signature.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Uri">Whole address, escaped as sent.</param>
/// <param name="Headers">Lower-case names.</param>
/// <param name="Body">Bytes.</param>
internal sealed record RecordedCall(
    string Service, string Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>Whether it asks for a change. (Batch and Logs ask for everything with POST.)</summary>
    public bool Changes => Service switch
    {
        "batch" => !Uri.AbsolutePath.Contains("/v1/describe", StringComparison.Ordinal) && !Uri.AbsolutePath.EndsWith("/listjobs", StringComparison.Ordinal),
        "logs" => !Headers["x-amz-target"].Contains(".Describe", StringComparison.Ordinal) && !Headers["x-amz-target"].Contains(".Get", StringComparison.Ordinal),
        "iam" => !Action.StartsWith("Get", StringComparison.Ordinal) && !Action.StartsWith("List", StringComparison.Ordinal),
        "ecr" => !new[] { ".Describe", ".Get", ".List" }.Any(verb => Headers["x-amz-target"].Contains(verb, StringComparison.Ordinal)),
        "secretsmanager" or "ssm" => !new[] { ".Describe", ".Get", ".List" }.Any(verb => Headers["x-amz-target"].Contains(verb, StringComparison.Ordinal)),
        "ec2" => !Action.StartsWith("Describe", StringComparison.Ordinal),
        "cloudformation" => !Action.StartsWith("Describe", StringComparison.Ordinal),
        "sts" => false,
        _ => Method is not ("GET" or "HEAD"),
    };

    /// <summary>Of the query protocol; empty elsewhere.</summary>
    public string Action => Form.GetValueOrDefault("Action", "");

    /// <summary>The form of a call of the query protocol; empty elsewhere.</summary>
    public IReadOnlyDictionary<string, string> Form =>
        Headers.GetValueOrDefault("content-type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) == true
            ? System.Text.Encoding.UTF8.GetString(Body).Split('&').Select(pair => pair.Split('=', 2))
                .ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')))
            : new Dictionary<string, string>();

    public override string ToString() =>
        $"{Service} {Method} {Uri.PathAndQuery} {Headers.GetValueOrDefault("x-amz-target")}{Action}".TrimEnd();
}
