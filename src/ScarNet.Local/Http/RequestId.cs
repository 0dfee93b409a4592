using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace ScarNet.Local.Http;

/// <summary>The id that an answer carries and an error names, in S3's form: 16 upper-case hex digits.</summary>
internal sealed record RequestId(string Value)
{
    public static string Of(HttpContext context)
    {
        if (context.Features.Get<RequestId>() is not { } id)
        {
            id = New();
            context.Features.Set(id);
        }

        return id.Value;
    }

    private static RequestId New()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return new RequestId(Convert.ToHexString(bytes));
    }
}
