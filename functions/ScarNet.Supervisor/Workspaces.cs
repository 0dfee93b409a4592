using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Posix;

namespace ScarNet.Supervisor;

/// <summary>The directories of invocations under one root, each locked by the supervisor it belongs to.</summary>
internal sealed class Workspaces(string root, Log log)
{
    private const string Finished = "w-";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Below the temporary directory, apart from other users'.</summary>
    public static string DefaultRoot(string temporary) => Path.Combine(temporary, $"scarnet-{Libc.EffectiveUserId()}");

    /// <summary>Free bytes where workspaces are.</summary>
    public long FreeBytes()
    {
        Directory.CreateDirectory(root, Private);
        return Disks.FreeBytes(root);
    }

    /// <summary>Makes a workspace, which is removed when it is disposed of.</summary>
    /// <exception cref="RunFailure">The disk is full.</exception>
    public Scope Open()
    {
        // It gets its final name once it is locked: what the janitor looks at is either locked or has no owner any more.
        var name = Guid.NewGuid().ToString("N");
        var unfinished = Path.Combine(root, name);
        try
        {
            Directory.CreateDirectory(root, Private);
            Directory.CreateDirectory(unfinished, Private);
            var held = DirectoryLock.TryTake(unfinished) ?? throw new IOException($"'{unfinished}' cannot be locked");
            var place = new Workspace(Path.Combine(root, Finished + name[..12]));
            Directory.Move(unfinished, place.Root);
            foreach (var directory in place.Directories)
            {
                Directory.CreateDirectory(directory);
            }

            return new(place, held, log);
        }
        catch (IOException e)
        {
            throw Disks.Failure("no workspace can be made", root, e);
        }
    }

    /// <summary>Removes what supervisors left that were killed.</summary>
    /// <returns>The workspaces that were removed.</returns>
    public IReadOnlyList<string> RemoveAbandoned()
    {
        var removed = new List<string>();
        if (!Directory.Exists(root))
        {
            return removed;
        }

        foreach (var directory in Directory.EnumerateDirectories(root, Finished + "*"))
        {
            using var held = DirectoryLock.TryTake(directory);
            if (held is not null)
            {
                log.Info("workspace of a dead supervisor removed", ("workspace", directory));
                Remove(directory, log);
                removed.Add(directory);
            }
        }

        return removed;
    }

    private static void Remove(string directory, Log log)
    {
        try
        {
            MakeWritable(directory);
            Tree.Remove(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.Warn("workspace could not be removed", ("workspace", directory), ("error", e.Message));
        }
    }

    // A script may take the right to delete from its own directories; root does not ask.
    private static void MakeWritable(string directory)
    {
        if (Libc.EffectiveUserId() == 0)
        {
            return;
        }

        File.SetUnixFileMode(directory, Private);
        foreach (var inner in new DirectoryInfo(directory).EnumerateDirectories())
        {
            if (inner.LinkTarget is null)
            {
                MakeWritable(inner.FullName);
            }
        }
    }

    /// <summary>A workspace for as long as it is needed.</summary>
    internal sealed class Scope(Workspace place, DirectoryLock held, Log log) : IDisposable
    {
        public Workspace Place => place;

        public void Dispose()
        {
            Remove(place.Root, log);
            held.Dispose();
        }
    }
}
