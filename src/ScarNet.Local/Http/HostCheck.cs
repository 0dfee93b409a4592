using Microsoft.AspNetCore.Http;

namespace ScarNet.Local.Http;

/// <summary>
/// Which Host headers are ours. Anything else is a name that somebody made point at 127.0.0.1 (DNS rebinding), so it is refused.
/// </summary>
internal static class HostCheck
{
    private const string Suffix = ".localhost";

    /// <param name="host">The Host header.</param>
    /// <param name="port">The port that the engine listens on.</param>
    /// <param name="bucket">The bucket of a virtual-host style address (<c>bucket.localhost</c>), else null.</param>
    public static bool IsOurs(HostString host, int port, out string? bucket)
    {
        bucket = null;
        if (!host.HasValue || (host.Port ?? 80) != port)
        {
            return false;
        }

        var name = host.Host;
        if (name == "127.0.0.1" || name.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (name.Length <= Suffix.Length || !name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        bucket = name[..^Suffix.Length];
        return true;
    }
}
