using System.Security.Cryptography;
using System.Text.RegularExpressions;
using ScarNet.Core;

namespace ScarNet.Local.Containers;

/// <summary>Opens an object of the engine's own S3; null when there is none. The caller disposes of the stream.</summary>
public delegate Task<Stream?> ObjectReader(string bucket, string key, CancellationToken cancellation);

/// <summary>
/// Puts the supervisor where jobs and functions mount it, as a launch template does on AWS: <c>/opt/scarnet/&lt;sha256&gt;/supervisor</c>
/// below the engine's host directory. Thread-safe.
/// </summary>
public sealed partial class SupervisorFiles(HostDirectory host, ObjectReader objects) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>Makes sure that a supervisor is there, and is the one that was asked for.</summary>
    /// <param name="address">s3://bucket/…/sha256, as SCARNET_SUPERVISOR has it.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <returns>The directory that holds it, absolute.</returns>
    /// <exception cref="ScarException">The address or the object is wrong.</exception>
    public async Task<string> Ensure(string address, CancellationToken cancellation)
    {
        var match = Address.Match(address);
        if (!match.Success)
        {
            throw new ScarException(
                $"SCARNET_SUPERVISOR '{address}' is not an address of a supervisor", "it is s3://bucket/supervisor/sha256, as 'scarnet init' sets it");
        }

        var sha256 = match.Groups["sha256"].Value;
        var directory = Path.Join(host.Path, "opt/scarnet", sha256);
        var file = Path.Join(directory, "supervisor");
        if (File.Exists(file))
        {
            return directory;
        }

        await gate.WaitAsync(cancellation);
        try
        {
            if (!File.Exists(file))
            {
                Directory.CreateDirectory(directory);
                await Fetch(match.Groups["bucket"].Value, match.Groups["key"].Value, sha256, file, cancellation);
            }

            return directory;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task Fetch(string bucket, string key, string sha256, string file, CancellationToken cancellation)
    {
        await using var source = await objects(bucket, key, cancellation)
            ?? throw new ScarException($"there is no supervisor at s3://{bucket}/{key}", "run 'scarnet init' again");
        var part = file + ".part";
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
                | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute,
        };
        await using (var target = new FileStream(part, options))
        {
            await source.CopyToAsync(target, cancellation);
            target.Position = 0;
            var found = Convert.ToHexStringLower(await SHA256.HashDataAsync(target, cancellation));
            if (found != sha256)
            {
                throw new ScarException($"s3://{bucket}/{key} has SHA-256 {found}, not the one in its name", "run 'scarnet init' again");
            }
        }

        File.Move(part, file, overwrite: true);
    }

    [GeneratedRegex(
        "^s3://(?<bucket>[^/]+)/(?<key>(.*/)?(?<sha256>[0-9a-f]{64}))\\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address { get; }
}
