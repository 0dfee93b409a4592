using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace ScarNet.Local.S3.Contents;

/// <summary>
/// The files that hold what is too large for the database. Their names are random: never a user's text. A file counts only once a
/// row names it; what no row names is removed at the next start. Thread-safe.
/// </summary>
internal sealed class Blobs : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string directory;
    private readonly DirectorySync sync;
    private readonly Lock gate = new();
    private readonly LinkedList<long> readings = [];
    private readonly Queue<(long After, string Name)> discarded = [];
    private long ticket;

    public Blobs(string directory)
    {
        Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        this.directory = directory;
        sync = new DirectorySync(directory);
    }

    /// <summary>Makes a new, empty file.</summary>
    public (string Name, SafeFileHandle Handle) Create()
    {
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var handle = File.OpenHandle(PathOf(name), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        File.SetUnixFileMode(handle, OwnerOnly);
        return (name, handle);
    }

    /// <summary>Makes the file and its name survive a power cut.</summary>
    public void MakeDurable(SafeFileHandle handle)
    {
        RandomAccess.FlushToDisk(handle);
        sync.Flush();
    }

    public SafeFileHandle Open(string name) => File.OpenHandle(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Until it is disposed, no file that a row named when this was called goes away.</summary>
    public IDisposable Reading()
    {
        lock (gate)
        {
            return new ReadingScope(this, readings.AddLast(++ticket));
        }
    }

    /// <summary>Removes files that no row names any more, as soon as nobody can be reading them.</summary>
    public void Discard(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0)
        {
            return;
        }

        lock (gate)
        {
            foreach (var name in names)
            {
                discarded.Enqueue((ticket, name));
            }
        }

        RemoveUnread();
    }

    /// <summary>Removes what an engine that died left behind.</summary>
    public void RemoveAllBut(IReadOnlySet<string> named)
    {
        foreach (var path in Directory.EnumerateFiles(directory))
        {
            if (!named.Contains(Path.GetFileName(path)))
            {
                File.Delete(path);
            }
        }
    }

    public void Dispose() => sync.Dispose();

    private void RemoveUnread()
    {
        while (NextUnread() is { } name)
        {
            try
            {
                File.Delete(PathOf(name));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"scarnet: engine: content that nobody names cannot be removed: {e.Message}; the next start of the engine tries again");
            }
        }
    }

    private string? NextUnread()
    {
        lock (gate)
        {
            var unread = discarded.TryPeek(out var next) && (readings.First is not { } oldest || oldest.Value > next.After);
            return unread ? discarded.Dequeue().Name : null;
        }
    }

    private void End(LinkedListNode<long> reading)
    {
        bool waiting;
        lock (gate)
        {
            readings.Remove(reading);
            waiting = discarded.Count > 0;
        }

        if (waiting)
        {
            RemoveUnread();
        }
    }

    private string PathOf(string name) => Path.Join(directory, name);

    private sealed class ReadingScope(Blobs blobs, LinkedListNode<long> reading) : IDisposable
    {
        public void Dispose() => blobs.End(reading);
    }
}
