using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace ScarNet.Local.Http.Signing;

/// <summary>SigV4's derived keys of one secret. They hold for a day, so few are ever live. Thread-safe.</summary>
public sealed class SigningKeys(string secretKey)
{
    private const int MostKept = 64;

    private readonly ConcurrentDictionary<CredentialScope, byte[]> keys = [];

    public byte[] For(CredentialScope scope)
    {
        if (keys.TryGetValue(scope, out var key))
        {
            return key;
        }

        if (keys.Count >= MostKept)
        {
            keys.Clear(); // scopes come from clients: keep no more than a day's worth of them
        }

        return keys[scope] = Derive(scope);
    }

    private byte[] Derive(CredentialScope scope)
    {
        var key = HMACSHA256.HashData(Encoding.UTF8.GetBytes("AWS4" + secretKey), Encoding.UTF8.GetBytes(scope.Date));
        key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(scope.Region));
        key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(scope.Service));
        return HMACSHA256.HashData(key, "aws4_request"u8);
    }
}
