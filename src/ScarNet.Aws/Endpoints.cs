using ScarNet.Core;

namespace ScarNet.Aws;

internal static class Endpoints
{
    /// <summary><c>AWS_ENDPOINT_URL_SERVICE</c>, else <c>AWS_ENDPOINT_URL</c>; null when neither is set, or both are to be ignored.</summary>
    public static string? OfEnvironment(string service) =>
        string.Equals(Environment.GetEnvironmentVariable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"), "true", StringComparison.OrdinalIgnoreCase) ? null
        : Environment.GetEnvironmentVariable($"AWS_ENDPOINT_URL_{service}") is { Length: > 0 } own ? own
        : Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL");


    /// <exception cref="ScarException">It is given and no address of a server.</exception>
    public static void Check(string? endpoint, string source)
    {
        if (!string.IsNullOrEmpty(endpoint)
            && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            throw new ScarException($"{source} '{endpoint}' is no address", "such as 'http://127.0.0.1:4566'");
        }
    }
}
