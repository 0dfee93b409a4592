using System.Diagnostics;
using System.Net.Sockets;
using ScarNet.Benchmarks.Clients;

namespace ScarNet.Benchmarks.Subjects;

/// <summary>The peer: s3rver, an S3 server for tests. Installed once, by npm, into the user's cache.</summary>
internal sealed class S3rver : IAsyncDisposable
{
    private const string Version = "3.7.1";

    private readonly Scratch scratch;
    private readonly Process process;

    private S3rver(Scratch scratch, Process process, S3Endpoint s3)
    {
        this.scratch = scratch;
        this.process = process;
        S3 = s3;
    }

    public S3Endpoint S3 { get; }

    public static async Task<S3rver> Start(CancellationToken cancellation)
    {
        var program = await Install(cancellation);
        var owned = new Scratch();
        var port = FreePort();
        var node = Command.Start(
            "node", [program, "--silent", "--directory", owned.Directory, "--address", "127.0.0.1", "--port", $"{port}"], null);
        var s3 = new S3Endpoint(new Uri($"http://127.0.0.1:{port}"), "S3RVER", "S3RVER");
        await node.StandardOutput.ReadLineAsync(cancellation); // it says where it listens once it does
        return new S3rver(owned, node, s3);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        scratch.Dispose();
    }

    private static async Task<string> Install(CancellationToken cancellation)
    {
        var cache = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        var directory = Path.Combine(cache, "scarnet", "s3rver-" + Version);
        var program = Path.Combine(directory, "node_modules", "s3rver", "bin", "s3rver.js");
        if (!File.Exists(program))
        {
            Directory.CreateDirectory(directory);
            await Command.Run("npm", ["install", "--silent", "--prefix", directory, "s3rver@" + Version], null, cancellation);
        }

        return program;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
