using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ScarNet.Local.Iam;

namespace ScarNet.Local.Access;

/// <summary>
/// Makes temporary credentials and knows them again. Nothing of them is stored: the token says whose they are and carries a seal, the
/// secret key follows from the access key, both by a key that follows from the engine's own. So they outlive the engine, as jobs do
/// that it takes up again. Thread-safe.
/// </summary>
public sealed class RoleSessions(EngineCredentials credentials)
{
    public const string AccessKeyPrefix = "ASIA";

    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int AccessKeyLetters = 16;
    private const int MostKept = 1024;

    private readonly byte[] key = HMACSHA256.HashData(Encoding.UTF8.GetBytes(credentials.SecretKey), "scarnet role sessions"u8);
    private readonly ConcurrentDictionary<string, RoleSession> known = new(StringComparer.Ordinal);

    internal RoleSession Begin(RoleRecord role, string name, DateTimeOffset expires, string? function = null)
    {
        var accessKey = AccessKeyPrefix + RandomNumberGenerator.GetString(Letters, AccessKeyLetters);
        var text = string.Join('\n', accessKey, role.Id, role.Name, name, expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), function);
        var said = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
        return new(role.Name, role.Id, name, expires, accessKey, Secret(accessKey), $"{said}.{Seal(said)}", function);
    }

    /// <summary>The session that a token is of; null when the engine did not give it, or not with this access key.</summary>
    internal RoleSession? Find(string accessKey, string token)
    {
        if (!known.TryGetValue(token, out var session))
        {
            if (Open(token) is not { } opened)
            {
                return null;
            }

            if (known.Count >= MostKept)
            {
                known.Clear();
            }

            known[token] = session = opened;
        }

        return session.AccessKey == accessKey ? session : null;
    }

    private RoleSession? Open(string token)
    {
        if (token.Split('.') is not [var said, var seal]
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Seal(said)), Encoding.UTF8.GetBytes(seal)))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(said)).Split('\n');
        var expires = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[4], CultureInfo.InvariantCulture));
        return new(parts[2], parts[1], parts[3], expires, parts[0], Secret(parts[0]), token, parts.ElementAtOrDefault(5) is { Length: > 0 } function ? function : null);
    }

    private string Seal(string said) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"token {said}")));

    private string Secret(string accessKey) => Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"secret {accessKey}")))[..40];
}
