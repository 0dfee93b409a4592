using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace ScarNet.Local.Http.Signing;

/// <summary>SigV4's canonical form of a request, and its hash. Source: docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html</summary>
internal static class CanonicalRequest
{
    /// <summary>SHA-256 of the canonical request.</summary>
    /// <param name="request">Method and headers.</param>
    /// <param name="target">Path and query.</param>
    /// <param name="signedHeaders">Lower-case names in the signer's order.</param>
    /// <param name="payloadHash">The last line: hex of the body's SHA-256, or one of S3's words.</param>
    /// <param name="service">S3 encodes a path once, every other service twice.</param>
    /// <param name="hash">32 bytes.</param>
    public static void Hash(
        HttpRequest request, RequestTarget target, string[] signedHeaders, string payloadHash, string service, Span<byte> hash)
    {
        var text = new TextBuffer(1024);
        try
        {
            Write(ref text, request, target, signedHeaders, payloadHash, service);
            SHA256.HashData(text.Written, hash);
        }
        finally
        {
            text.Dispose();
        }
    }

    internal static void Write(
        ref TextBuffer text, HttpRequest request, RequestTarget target, string[] signedHeaders, string payloadHash, string service)
    {
        text.Append(request.Method);
        text.Append('\n');
        text.Append(Path(target.RawPath, service));
        text.Append('\n');
        AppendQuery(ref text, target.Query);
        text.Append('\n');
        foreach (var name in signedHeaders)
        {
            AppendHeader(ref text, request, name);
        }

        text.Append('\n');
        for (var i = 0; i < signedHeaders.Length; i++)
        {
            if (i > 0)
            {
                text.Append(';');
            }

            text.Append(signedHeaders[i]);
        }

        text.Append('\n');
        text.Append(payloadHash);
    }

    private static string Path(string raw, string service) => service switch
    {
        "s3" => UriText.IsPlainPath(raw) ? raw : UriText.Encode(UriText.Decode(raw, plusIsSpace: false), keepSlash: true),
        _ => UriText.Encode(raw, keepSlash: true),
    };

    private static void AppendQuery(ref TextBuffer text, QueryParameters query)
    {
        if (query.Count == 0)
        {
            return;
        }

        var pairs = new List<(string Name, string Value)>(query.Count);
        foreach (var (name, value) in query)
        {
            if (name != "X-Amz-Signature")
            {
                pairs.Add((UriText.Encode(name, keepSlash: false), UriText.Encode(value, keepSlash: false)));
            }
        }

        pairs.Sort(static (a, b) =>
            string.CompareOrdinal(a.Name, b.Name) is not 0 and var order ? order : string.CompareOrdinal(a.Value, b.Value));
        for (var i = 0; i < pairs.Count; i++)
        {
            if (i > 0)
            {
                text.Append('&');
            }

            text.Append(pairs[i].Name);
            text.Append('=');
            text.Append(pairs[i].Value);
        }
    }

    private static void AppendHeader(ref TextBuffer text, HttpRequest request, string name)
    {
        text.Append(name);
        text.Append(':');
        var values = request.Headers[name];
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
            {
                text.Append(',');
            }

            AppendFolded(ref text, values[i].AsSpan().Trim());
        }

        text.Append('\n');
    }

    /// <summary>Runs of spaces count as one.</summary>
    private static void AppendFolded(ref TextBuffer text, ReadOnlySpan<char> value)
    {
        for (var twice = value.IndexOf("  "); twice >= 0; twice = value.IndexOf("  "))
        {
            text.Append(value[..(twice + 1)]);
            value = value[twice..].TrimStart(' ');
        }

        text.Append(value);
    }
}
