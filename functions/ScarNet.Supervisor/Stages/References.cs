using System.Security.Cryptography;
using System.Text;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Posix;
using ScarNet.Supervisor.Storage;

namespace ScarNet.Supervisor.Stages;

/// <summary>Brings the references of a function into a workspace, from the machine's cache where they are in it.</summary>
internal sealed class References(Download download, HttpFetch web, InputFetch fetch, ReferenceCache cache, Log log)
{
    /// <param name="resolved">What there is to bring, one file each.</param>
    /// <param name="place">The workspace.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The paths by name, what was read, and what keeps it in the cache.</returns>
    /// <exception cref="RunFailure">A required one is missing, cannot be fetched, is not what it should be, or does not fit.</exception>
    public async Task<(IReadOnlyDictionary<string, IReadOnlyList<string>> Paths, IReadOnlyList<RunInput> Read, IReadOnlyList<IDisposable> Held)> Bring(
        IReadOnlyList<ResolvedInput> resolved, Workspace place, CancellationToken cancellation)
    {
        var paths = new Dictionary<string, IReadOnlyList<string>>();
        var read = new List<RunInput>();
        var held = new List<IDisposable>();
        try
        {
            foreach (var input in resolved)
            {
                var found = input.Items is [var item] ? await Bring(input.Rule, item, place, held, cancellation) : null;
                read.AddRange(found is null ? [] : [found]);
                if (input.Rule.Name is { } name)
                {
                    paths[name] = found is null ? [] : [Path.Combine(place.Root, input.Items[0].Path)];
                }
            }

            return (paths, read, held);
        }
        catch
        {
            held.ForEach(one => one.Dispose());
            throw;
        }
    }

    private async Task<RunInput?> Bring(InputRule rule, ResolvedInput.Item item, Workspace place, List<IDisposable> held, CancellationToken cancellation)
    {
        var (key, size, pinned) = await Identify(rule, item, cancellation);
        if (key is null)
        {
            return await fetch.Fetch(rule, item, place, cancellation); // nothing tells whether it is the same the next time
        }

        ReferenceCache.Held? cached;
        try
        {
            cached = await cache.Get(key, size, file => fetch.Fetch(rule, pinned, file, cancellation), cancellation);
        }
        catch (UnauthorizedAccessException e)
        {
            log.Warn("reference not cached: the job's user may not write to the cache", ("reference", item.Shown), ("reason", e.Message));
            return await fetch.Fetch(rule, item, place, cancellation);
        }

        if (cached is null)
        {
            return null;
        }

        held.Add(cached.Lock);
        var target = Path.GetFullPath(Path.Combine(place.Root, item.Path));
        if (!target.StartsWith(place.Root + "/", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"'{target}' is outside '{place.Root}'");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        HandOver(cached.Path, target);
        return cached.Was with { Name = rule.Name, Url = item.Shown, IsFromCache = cached.IsHit };
    }

    // With a digest given, nobody has to be asked what the content is.
    private async Task<(string? Key, long? Size, ResolvedInput.Item Pinned)> Identify(
        InputRule rule, ResolvedInput.Item item, CancellationToken cancellation)
    {
        if (rule.Sha256 is { } digest)
        {
            return ("sha256-" + digest, null, item);
        }

        if (item.Address is { } address)
        {
            return await web.Identify(address, cancellation) is { } found ? (KeyOf(item.Shown, address.Query, found.Identity), found.Size, item) : (null, null, item);
        }

        try
        {
            var source = await download.Pin(item.Object!, cancellation);
            return (KeyOf(item.Shown, source.ETag, source.VersionId), source.Size, item with { Object = source });
        }
        catch (SupersededException)
        {
            return (null, null, item); // it is not there: the fetch says so, or finds it after all
        }
    }

    private static string KeyOf(params IEnumerable<string?> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));

    /// <summary>
    /// The job gets a copy that shares its blocks where the file system can make one. Else a user without rights gets a link, whose
    /// target he cannot write to by accident, and root, who could, a copy.
    /// </summary>
    private static void HandOver(string cached, string target)
    {
        try
        {
            if (Reflink.TryMake(cached, target))
            {
                return;
            }

            if (Libc.EffectiveUserId() == 0)
            {
                File.Copy(cached, target);
                File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            }
            else
            {
                File.CreateSymbolicLink(target, cached);
            }
        }
        catch (IOException e)
        {
            throw Disks.Failure("a reference does not fit on the disk", target, e);
        }
    }
}
