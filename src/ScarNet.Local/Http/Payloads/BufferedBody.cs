using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace ScarNet.Local.Http.Payloads;

/// <summary>Bodies of the services whose signature covers the body's hash.</summary>
internal static class BufferedBody
{
    /// <summary>A zip of 50 MB, Lambda's limit for direct upload, in base64 with some JSON around it.</summary>
    private const int Most = 72 * 1024 * 1024;

    /// <summary>Reads the body, puts it back as a stream in memory, and returns the hex of its SHA-256.</summary>
    public static async ValueTask<string> Read(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength > Most)
        {
            throw Refusal.TooLarge(Most);
        }

        var body = new MemoryStream((int)(request.ContentLength ?? 0));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (body.Length + read > Most)
            {
                throw Refusal.TooLarge(Most);
            }

            body.Write(buffer, 0, read);
        }

        request.Body = body;
        body.Position = 0;
        return Convert.ToHexStringLower(SHA256.HashData(body.GetBuffer().AsSpan(0, (int)body.Length)));
    }
}
