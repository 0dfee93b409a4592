using System.Security.Cryptography;
using ScarNet.Core;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Deploy;

/// <summary>The supervisor on this machine.</summary>
internal sealed record SupervisorBinary(string Path, string Sha256)
{
    public string Key => ArtifactKeys.Supervisor(Sha256);

    /// <exception cref="ScarException">It is not there.</exception>
    public static async Task<SupervisorBinary> Read(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new ScarException($"no supervisor at '{path}'", "'./scarnet' builds it before it runs a command");
        }

        await using var file = File.OpenRead(path);
        return new(path, Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation)));
    }

    public string Uri(string bucket) => $"s3://{bucket}/{Key}";
}
