using System.Text.Json;
using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Posix;

namespace ScarNet.Supervisor.Storage;

/// <summary>
/// Large files kept on the machine from one run to the next: a directory for each, locked by whoever fills it (alone) or uses it
/// (together), so that of many jobs that want one file at once, one fetches it. What a job has changed is fetched anew.
/// </summary>
/// <param name="root">Absolute path; shared by all supervisors of the machine.</param>
/// <param name="log">The function's log.</param>
internal sealed class ReferenceCache(string root, Log log)
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    // The part of the disk that is kept free for what jobs write themselves.
    private const double FreeShare = 0.1;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>A cached file, kept from eviction until it is disposed of.</summary>
    /// <param name="Path">Absolute path; not to be written to.</param>
    /// <param name="Was">What was fetched.</param>
    /// <param name="IsHit">Whether it was there already.</param>
    /// <param name="Lock">Its lock.</param>
    internal sealed record Held(string Path, RunInput Was, bool IsHit, DirectoryLock Lock);

    /// <param name="key">Names the content: the same key is always the same bytes. One path component.</param>
    /// <param name="sizeBytes">Bytes it will need; null when that is not known.</param>
    /// <param name="fetch">Fetches it to a path and verifies it; null when there is no such file.</param>
    /// <param name="cancellation">Ends the wait for others too.</param>
    /// <exception cref="UnauthorizedAccessException">This user may not write to the cache.</exception>
    public async Task<Held?> Get(string key, long? sizeBytes, Func<string, Task<RunInput?>> fetch, CancellationToken cancellation)
    {
        var entry = new Entry(Path.Combine(root, key));
        Directory.CreateDirectory(entry.Directory);
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (DirectoryLock.TryTake(entry.Directory, shared: true) is { } used)
            {
                if (entry.Read() is { } was)
                {
                    return new(entry.Content, was, true, used);
                }

                used.Dispose();
            }

            using (var alone = DirectoryLock.TryTake(entry.Directory))
            {
                if (alone is not null && entry.Read() is null)
                {
                    MakeRoom(sizeBytes ?? 0, key);
                    if (await Fill(entry, fetch) is not { } fetched)
                    {
                        return null;
                    }

                    // Somebody may evict it before it is shared: then it is fetched again.
                    if (alone.TryShare() is { } shared)
                    {
                        if (entry.Read() is not null)
                        {
                            return new(entry.Content, fetched, false, shared);
                        }

                        shared.Dispose();
                    }
                }
            }

            await Task.Delay(pause, cancellation);
        }
    }

    private static async Task<RunInput?> Fill(Entry entry, Func<string, Task<RunInput?>> fetch)
    {
        entry.Clear();
        try
        {
            if (await fetch(entry.Part) is not { } fetched)
            {
                return null;
            }

            File.SetUnixFileMode(entry.Part, ReadOnly);
            File.Move(entry.Part, entry.Content);
            entry.Write(fetched);
            return fetched;
        }
        finally
        {
            File.Delete(entry.Part);
        }
    }

    // The longest unused go first; what a job is using stays.
    private void MakeRoom(long neededBytes, string key)
    {
        var disk = new DriveInfo(root);
        var wanted = neededBytes + (long)(disk.TotalSize * FreeShare);
        if (disk.AvailableFreeSpace >= wanted)
        {
            return;
        }

        var entries = Directory.EnumerateDirectories(root).Where(directory => Path.GetFileName(directory) != key)
            .Select(directory => new Entry(directory)).OrderBy(entry => entry.LastUse);
        foreach (var entry in entries)
        {
            using var alone = DirectoryLock.TryTake(entry.Directory);
            if (alone is not null && entry.Clear())
            {
                log.Info("reference evicted: the disk is getting full", ("reference", entry.Directory));
            }

            if (disk.AvailableFreeSpace >= wanted)
            {
                return;
            }
        }
    }

    // The directory itself is never removed: a lock on it must mean the same to everybody.
    private sealed record Entry(string Directory)
    {
        public string Content => Path.Combine(Directory, "content");

        public string Part => Path.Combine(Directory, "part");

        public DateTime LastUse => File.GetLastWriteTimeUtc(Used);

        private string Stamp => Path.Combine(Directory, "stamp.json");

        private string Used => Path.Combine(Directory, "used");

        /// <summary>What the content is; null when there is none, or when somebody has touched it since.</summary>
        public RunInput? Read()
        {
            try
            {
                using var stamp = File.OpenRead(Stamp);
                var read = JsonSerializer.Deserialize(stamp, SupervisorJson.Default.ReferenceStamp);
                if (read is null || FileKinds.Changed(Content) != read.Changed)
                {
                    return null;
                }

                File.WriteAllBytes(Used, []);
                return read.Input;
            }
            catch (Exception e) when (e is FileNotFoundException or JsonException)
            {
                return null;
            }
        }

        public void Write(RunInput input)
        {
            File.WriteAllBytes(Stamp, JsonSerializer.SerializeToUtf8Bytes(new(input, FileKinds.Changed(Content)!), SupervisorJson.Default.ReferenceStamp));
            File.WriteAllBytes(Used, []);
        }

        /// <returns>Whether there was anything.</returns>
        public bool Clear()
        {
            var was = File.Exists(Content);
            foreach (var file in (string[])[Stamp, Content, Part])
            {
                File.Delete(file);
            }

            return was;
        }
    }
}
