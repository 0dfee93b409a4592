using System.IO.Compression;
using System.Text;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Stages;

/// <summary>Unpacks a zip into a directory and nowhere else, whatever its names and links say.</summary>
internal static class PackageArchive
{
    // Source: the high half of a zip's external attributes is st_mode where Unix wrote it; stat.h.
    private const int ModeShift = 16;
    private const int TypeMask = 0xF000;
    private const int Link = 0xA000;
    private const int Directory = 0x4000;
    private const int AnyExecute = 0x49;
    private const int LongestLink = 4096;
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Runnable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <param name="archive">The zip.</param>
    /// <param name="root">Absolute path of a directory in which nothing else writes.</param>
    /// <exception cref="RunFailure">Something in it would lie or lead outside.</exception>
    public static void Unpack(ZipArchive archive, string root)
    {
        // Links come last: no file can be written through one.
        var links = new List<ZipArchiveEntry>();
        foreach (var entry in archive.Entries)
        {
            var mode = entry.ExternalAttributes >>> ModeShift;
            if ((mode & TypeMask) == Link)
            {
                links.Add(entry);
            }
            else if (entry.FullName.EndsWith('/') || (mode & TypeMask) == Directory)
            {
                System.IO.Directory.CreateDirectory(Inside(root, entry.FullName.TrimEnd('/')));
            }
            else
            {
                var path = Inside(root, entry.FullName);
                System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                Extract(entry, path);
                File.SetUnixFileMode(path, (mode & AnyExecute) != 0 ? Runnable : Readable);
            }
        }

        foreach (var entry in links)
        {
            MakeLink(entry, root);
        }
    }

    private static void Extract(ZipArchiveEntry entry, string path)
    {
        using var source = entry.Open();
#pragma warning disable CA5389 // Inside() has refused every name that leads out
        using var target = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
#pragma warning restore CA5389
        source.CopyTo(target);
    }

    private static void MakeLink(ZipArchiveEntry entry, string root)
    {
        var path = Inside(root, entry.FullName);
        if (entry.Length > LongestLink)
        {
            throw Refused(entry.FullName, "is a link longer than a path can be");
        }

        using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
        var target = reader.ReadToEnd();
        var directory = Path.GetDirectoryName(path)!;

        // Of a chain of links each is checked by itself: none leads out, so all of them together do not, as long as none climbs through another.
        if (target.StartsWith('/') || !IsBelow(root, Path.GetFullPath(Path.Combine(directory, target))) || ClimbsBehindAName(target))
        {
            throw Refused(entry.FullName, $"is a link to '{target}', which leads outside");
        }

        System.IO.Directory.CreateDirectory(directory);
        if (new DirectoryInfo(directory) is var at && HasLink(at, root))
        {
            throw Refused(entry.FullName, "lies behind a link");
        }

        File.Delete(path);
        File.CreateSymbolicLink(path, target);
    }

    // 'a/../b' means another thing when 'a' is a link; '../b' does not.
    private static bool ClimbsBehindAName(string target) =>
        target.Split('/').SkipWhile(part => part is ".." or "." or "").Contains("..", StringComparer.Ordinal);

    private static bool HasLink(DirectoryInfo directory, string root)
    {
        for (var at = directory; at is not null && at.FullName.Length > root.Length; at = at.Parent)
        {
            if (at.LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static string Inside(string root, string name)
    {
        if (name.Length == 0 || name[0] == '/' || name.Contains('\0', StringComparison.Ordinal) || name.Split('/').Contains("..", StringComparer.Ordinal))
        {
            throw Refused(name, "lies outside");
        }

        var path = Path.GetFullPath(Path.Combine(root, name));
        return IsBelow(root, path) ? path : throw Refused(name, "lies outside");
    }

    private static bool IsBelow(string root, string path) => path.StartsWith(root + "/", StringComparison.Ordinal);

    private static RunFailure Refused(string name, string why) =>
        new(ExitCodes.InputMissing, $"the function's package is refused: '{name}' {why}");
}
