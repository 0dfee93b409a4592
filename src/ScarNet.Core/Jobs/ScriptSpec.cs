using System.Security.Cryptography;
using System.Text;

namespace ScarNet.Core.Jobs;

/// <summary>The script itself, one of: its text (UTF-8), its bytes in base64, or the artifact it was offloaded to.</summary>
/// <param name="Text">The script, when it is UTF-8 and travels inside.</param>
/// <param name="Base64">The script, when it is not UTF-8 and travels inside.</param>
/// <param name="Sha256">Lower-case hex digest of its bytes; with neither text nor base64 it is read from <see cref="ArtifactKeys.Script"/>.</param>
/// <param name="Arguments">Arguments of the script.</param>
public sealed record ScriptSpec(string? Text, string? Base64, string Sha256, IReadOnlyList<string> Arguments)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A script that travels inside: as text where it is UTF-8, else in base64.</summary>
    public static ScriptSpec Inside(byte[] content, IReadOnlyList<string> arguments)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        try
        {
            return new(Strict.GetString(content), null, sha256, arguments);
        }
        catch (DecoderFallbackException)
        {
            return new(null, Convert.ToBase64String(content), sha256, arguments);
        }
    }

    /// <summary>The script's bytes; null when they lie in the artifact bucket.</summary>
    public byte[]? Content() => (Text, Base64) switch
    {
        ({ } text, _) => Strict.GetBytes(text),
        (_, { } base64) => Convert.FromBase64String(base64),
        _ => null,
    };
}
