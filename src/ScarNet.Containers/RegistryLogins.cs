using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScarNet.Containers;

/// <summary>What <c>docker login</c> has stored in config.json. Credential helpers are programs of the user's and are not started.</summary>
internal static class RegistryLogins
{
    private const string DockerHub = "https://index.docker.io/v1/";

    /// <summary>The registry of an image: what stands before its first '/', when that looks like a host.</summary>
    public static string RegistryOf(string image)
    {
        var slash = image.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : image[..slash];
        return first == "localhost" || first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal)
            ? first
            : DockerHub;
    }

    /// <summary>The X-Registry-Auth header for a login.</summary>
    /// <param name="login">Base64 of <c>user:password</c>.</param>
    /// <param name="registry">The registry's address.</param>
    /// <exception cref="FormatException">It is no base64.</exception>
    public static string Header(string login, string registry)
    {
        var parts = Encoding.UTF8.GetString(Convert.FromBase64String(login)).Split(':', 2);
        var header = new JsonObject { ["username"] = parts[0], ["password"] = parts[^1], ["serveraddress"] = registry };
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(header.ToJsonString())).Replace('+', '-').Replace('/', '_');
    }

    /// <summary>The X-Registry-Auth header for an image, or null when there is no stored login.</summary>
    /// <param name="image">As it is to be pulled.</param>
    /// <param name="configJson">Text of config.json, or null.</param>
    public static string? HeaderFor(string image, string? configJson)
    {
        if (configJson is null)
        {
            return null;
        }

        try
        {
            var registry = RegistryOf(image);
            var encoded = JsonNode.Parse(configJson)?["auths"]?[registry]?["auth"]?.GetValue<string>();
            if (string.IsNullOrEmpty(encoded))
            {
                return null;
            }

            return Header(encoded, registry);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return null; // the pull then says what is missing
        }
    }
}
