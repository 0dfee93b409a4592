using System.IO.Compression;
using System.Security.Cryptography;
using Amazon.S3;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Storage;

namespace ScarNet.Supervisor.Stages;

/// <summary>Puts the files and the package that were deployed with a function into a workspace.</summary>
internal sealed class DeployedFiles(Download download, JobSpec spec)
{
    private const int FetchedAtOnce = 8;
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Runnable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <exception cref="RunFailure">One is missing or is not what was deployed, or the disk is full.</exception>
    public async Task Run(Workspace place, CancellationToken cancellation)
    {
        if (spec.Package is { } package)
        {
            await Unpack(package, place, cancellation);
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = FetchedAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(spec.Files, options, async (file, token) =>
        {
            var path = Inside(place, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Delete(path); // of the package
            await Fetch(ArtifactKeys.File(file.Sha256), file.Sha256, path, token);
            File.SetUnixFileMode(path, file.IsExecutable ? Runnable : Readable);
        });
    }

    private async Task Unpack(PackageSpec package, Workspace place, CancellationToken cancellation)
    {
        var zip = Path.Combine(place.Temporary, "package.zip");
        try
        {
            await Fetch(ArtifactKeys.Package(package.Sha256), package.Sha256, zip, cancellation);
            await using var content = new FileStream(zip, FileMode.Open, FileAccess.Read, FileShare.Read);
            using var archive = new ZipArchive(content, ZipArchiveMode.Read);
            PackageArchive.Unpack(archive, place.Root);
        }
        catch (InvalidDataException e)
        {
            throw new RunFailure(ExitCodes.InputMissing, $"the function's package is no zip that can be read: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw Disks.Failure("the function's package cannot be unpacked", place.Root, e);
        }
        finally
        {
            File.Delete(zip);
        }
    }

    private async Task Fetch(string key, string sha256, string path, CancellationToken cancellation)
    {
        try
        {
            await download.Fetch(new() { Object = new(spec.ArtifactBucket, key) }, path, _ => { }, cancellation);
        }
        catch (SupersededException e)
        {
            throw new RunFailure(ExitCodes.InputMissing, $"the function's file '{key}' is not in the artifact bucket: 'scarnet init' puts it there", e);
        }

        await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: false);
        if (Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation)) != sha256)
        {
            throw new RunFailure(ExitCodes.InputMissing, $"the function's file '{key}' does not have the digest in its name: it was tampered with");
        }
    }

    private static string Inside(Workspace place, string relative)
    {
        var path = Path.GetFullPath(Path.Combine(place.Root, relative));
        return path.StartsWith(place.Root + "/", StringComparison.Ordinal)
            ? path
            : throw new RunFailure(ExitCodes.InputMissing, $"the function's file '{relative}' would be outside the workspace");
    }
}
