using System.Security.Cryptography;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Storage;

namespace ScarNet.Supervisor.Stages;

/// <summary>Fetches one file of an input, from S3 or from the web.</summary>
internal sealed class InputFetch(Download download, HttpFetch web)
{
    /// <returns>What was read; null when it is not there and need not be.</returns>
    /// <exception cref="RunFailure">It is missing, cannot be fetched, is not what it should be, or does not fit.</exception>
    public async Task<RunInput?> Fetch(InputRule rule, ResolvedInput.Item item, Workspace place, CancellationToken cancellation)
    {
        var file = Path.GetFullPath(Path.Combine(place.Root, item.Path));
        if (!file.StartsWith(place.Root + "/", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"'{file}' is outside '{place.Root}'");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return await Fetch(rule, item, file, cancellation);
    }

    /// <inheritdoc cref="Fetch(InputRule, ResolvedInput.Item, Workspace, CancellationToken)"/>
    /// <param name="rule">The rule it is of.</param>
    /// <param name="item">What to fetch.</param>
    /// <param name="file">Where to put it; nothing must be there.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<RunInput?> Fetch(InputRule rule, ResolvedInput.Item item, string file, CancellationToken cancellation)
    {
        var read = item.Address is { } address
            ? await FromWeb(rule, item, address, file, cancellation)
            : await FromS3(rule, item, file, cancellation);
        if (read is null)
        {
            File.Delete(file);
            return rule.Optional ? null : throw new RunFailure(ExitCodes.InputMissing, $"the input '{item.Shown}' is not there");
        }

        return rule.Sha256 is { } digest ? read with { Sha256 = await Verify(file, digest, item, cancellation) } : read;
    }

    private async Task<RunInput?> FromWeb(InputRule rule, ResolvedInput.Item item, Uri address, string file, CancellationToken cancellation) =>
        await web.Fetch(address, file, toCome => CheckRoom(item, toCome, file), cancellation) is { } found
            ? new(item.Shown, rule.Name, found.Size, found.ETag)
            : null;

    private async Task<RunInput?> FromS3(InputRule rule, ResolvedInput.Item item, string file, CancellationToken cancellation)
    {
        try
        {
            var head = await download.Fetch(item.Object!, file, found => CheckRoom(item, found.Size, file), cancellation);
            return new(item.Shown, rule.Name, head.Size, head.ETag, head.VersionId);
        }
        catch (SupersededException e) when (item.Object!.ETag is not null)
        {
            throw new RunFailure(ExitCodes.DownloadFailed, $"the input '{item.Shown}' was replaced or removed while the run began", e);
        }
        catch (SupersededException)
        {
            return null;
        }
    }

    private static void CheckRoom(ResolvedInput.Item item, long toCome, string file)
    {
        var free = Disks.FreeBytes(Path.GetDirectoryName(file)!);
        if (!Supervision.Fits(toCome, free))
        {
            throw new RunFailure(ExitCodes.DiskFull, $"'{item.Shown}' has {toCome} bytes to fetch, and the disk under '{file}' only {free} free");
        }
    }

    private static async Task<string> Verify(string file, string expected, ResolvedInput.Item item, CancellationToken cancellation)
    {
        await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: false);
        var actual = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation));
        return actual == expected
            ? actual
            : throw new RunFailure(ExitCodes.DownloadFailed, $"the input '{item.Shown}' has the SHA-256 {actual}, and not {expected}");
    }
}
