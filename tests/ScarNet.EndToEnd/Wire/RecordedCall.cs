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
        "sts" => false,
        _ => Method is not ("GET" or "HEAD"),
    };

    public override string ToString() =>
        $"{Service} {Method} {Uri.PathAndQuery} {Headers.GetValueOrDefault("x-amz-target")}".TrimEnd();
}
