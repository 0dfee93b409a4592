using ScarNet.Core;

namespace ScarNet.Aws;

internal static class Endpoints
{
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
