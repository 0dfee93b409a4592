using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using ScarNet.Core;

namespace ScarNet.Local;

/// <summary>The one pair of keys that an engine accepts. It makes them itself; they are worth nothing elsewhere.</summary>
public sealed record EngineCredentials(string AccessKey, string SecretKey)
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Reads the keys of a data directory, or makes them (mode 0600).</summary>
    /// <exception cref="ScarException">The file is there but does not hold keys.</exception>
    public static EngineCredentials In(DataDirectory directory)
    {
        var file = directory.CredentialsFile;
        if (!File.Exists(file))
        {
            directory.WritePrivate(file, JsonSerializer.SerializeToUtf8Bytes(Make(), EngineJson.Default.EngineCredentials));
        }

        return Read(file) ?? throw new ScarException(
            $"'{file}' does not hold an access key and a secret key",
            "remove it while no engine runs: the next start makes new keys");
    }

    private static EngineCredentials? Read(string file)
    {
        try
        {
            var keys = JsonSerializer.Deserialize(File.ReadAllBytes(file), EngineJson.Default.EngineCredentials);
            return string.IsNullOrEmpty(keys?.AccessKey) || string.IsNullOrEmpty(keys.SecretKey) ? null : keys;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static EngineCredentials Make() =>
        new("SCARNET" + RandomNumberGenerator.GetString(Base32, 13), Convert.ToBase64String(RandomNumberGenerator.GetBytes(30)));
}

/// <summary>What a running engine writes into <c>engine.json</c>, for those who want to talk with it.</summary>
/// <param name="Endpoint">http://127.0.0.1:port</param>
/// <param name="Pid">Process id of the engine.</param>
/// <param name="Started">When it became ready.</param>
/// <param name="Region">Its region.</param>
public sealed record EngineAddress(string Endpoint, int Pid, DateTimeOffset Started, string Region);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(EngineCredentials))]
[JsonSerializable(typeof(EngineAddress))]
public sealed partial class EngineJson : JsonSerializerContext;
