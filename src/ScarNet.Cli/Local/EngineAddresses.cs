using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using ScarNet.Local;

namespace ScarNet.Cli.Local;

/// <summary>Finds the engine that runs on a data directory, by what it wrote there.</summary>
internal static class EngineAddresses
{
    /// <summary>The engine that answers now; null when none does. What a killed engine left behind is not taken for a running one.</summary>
    public static async Task<EngineAccess?> Find(string dataDirectory, CancellationToken cancellation)
    {
        if (DataDirectory.ReadAddress(dataDirectory) is not { } address || address.Pid != LockHolder(dataDirectory)
            || !Directory.Exists($"/proc/{address.Pid}") || ReadKeys(dataDirectory) is not { } keys)
        {
            return null;
        }

        return await Listens(new Uri(address.Endpoint), cancellation)
            ? new EngineAccess(address.Endpoint, address.Region, keys.AccessKey, keys.SecretKey, address.Pid)
            : null;
    }

    /// <summary>The process that took the directory last: an engine that is starting has done so, but not yet written its address.</summary>
    private static int? LockHolder(string dataDirectory)
    {
        var file = Path.Join(dataDirectory, "engine.pid");
        return File.Exists(file) && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var pid) ? pid : null;
    }

    private static EngineCredentials? ReadKeys(string dataDirectory)
    {
        var file = Path.Join(dataDirectory, "credentials.json");
        return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), EngineJson.Default.EngineCredentials) : null;
    }

    private static async Task<bool> Listens(Uri endpoint, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(endpoint.Host, endpoint.Port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
