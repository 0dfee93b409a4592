using ScarNet.Containers;
using ScarNet.Core.Tasks;
using ScarNet.Supervisor.Posix;

namespace ScarNet.Supervisor.Tasks;

/// <summary>
/// The part of the containers' file system that is on this machine: <c>/data/x</c> of the containers is <c>data/x</c> below a directory
/// here. What containers leave there is not trusted: a link is followed as the container would, and never out of the shared places.
/// </summary>
internal sealed class TaskFiles(string root, IReadOnlyList<TesMount> places)
{
    private const int MaxLinks = 40; // as the kernel: path_resolution(7)

    // A container may run as any user. The directory above all this is closed to the other users of this machine.
    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;
    private const UnixFileMode EverybodyNoProgram = (UnixFileMode)0b110_110_110;

    private readonly Dictionary<string, DateTime> untouched = new(StringComparer.Ordinal);

    public IReadOnlyList<ContainerMount> Mounts => [.. places.Select(place => new ContainerMount(Here(place.Path), place.Path, ReadOnly: false))];

    public IReadOnlyList<TesMount> Places => places;

    /// <summary>The file of this machine that has this path in the containers; nothing is followed.</summary>
    public string Here(string path) => root + path;

    /// <summary>Makes the places, empty.</summary>
    public void Make()
    {
        foreach (var place in places)
        {
            if (place.IsFile)
            {
                MakeDirectory(ContainerPath.Parent(place.Path));
                File.WriteAllBytes(Here(place.Path), []);
                Open(place.Path, program: false);
                untouched[place.Path] = File.GetLastWriteTimeUtc(Here(place.Path));
            }
            else
            {
                MakeDirectory(place.Path);
            }
        }
    }

    /// <summary>Makes a directory and those above it.</summary>
    public void MakeDirectory(string path)
    {
        if (path == ContainerPath.Root || Directory.Exists(Here(path)))
        {
            return;
        }

        MakeDirectory(ContainerPath.Parent(path));
        Directory.CreateDirectory(Here(path));
        File.SetUnixFileMode(Here(path), Everybody); // the process's mask does not count
    }

    /// <summary>Lets every user of the containers read and write a file.</summary>
    /// <param name="path">In the containers.</param>
    /// <param name="program">Whether it may be run, too.</param>
    public void Open(string path, bool program) => File.SetUnixFileMode(Here(path), program ? Everybody : EverybodyNoProgram);

    /// <summary>Whether a file that is there only because its place was made has never been written.</summary>
    public bool IsUntouched(string path) =>
        untouched.TryGetValue(path, out var made) && new FileInfo(Here(path)) is { Length: 0 } file && file.LastWriteTimeUtc == made;

    /// <summary>Follows the links in a path as a container does.</summary>
    /// <returns>Path in the containers without links, whether or not something is there; null when it leads out of the shared places.</returns>
    public string? Follow(string path)
    {
        var ahead = new Stack<string>(Enumerable.Reverse(Names(path)));
        var behind = new List<string>();
        var links = 0;
        while (ahead.TryPop(out var name))
        {
            if (name == "..")
            {
                behind.RemoveRange(Math.Max(0, behind.Count - 1), Math.Min(1, behind.Count));
            }

            if (name is "." or "..")
            {
                continue;
            }

            behind.Add(name);
            if (new FileInfo(Here(Join(behind))).LinkTarget is not { } target)
            {
                continue;
            }

            if (++links > MaxLinks)
            {
                return null;
            }

            behind.RemoveAt(behind.Count - 1);
            if (target.StartsWith('/'))
            {
                behind.Clear();
            }

            foreach (var next in Enumerable.Reverse(Names(target)))
            {
                ahead.Push(next);
            }
        }

        var end = Join(behind);
        return places.Any(place => place.IsFile ? end == place.Path : ContainerPath.IsIn(end, place.Path)) ? end : null;
    }

    /// <summary>What a path of the containers leads to; <see cref="FileKinds.Kind.None"/> when it leads out or nowhere.</summary>
    public (FileKinds.Kind Kind, string Here, long Size) Look(string path)
    {
        if (Follow(path) is not { } end)
        {
            return (FileKinds.Kind.None, "", 0);
        }

        var (kind, size) = FileKinds.Look(Here(end));
        return (kind, Here(end), size);
    }

    private static string[] Names(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static string Join(IEnumerable<string> names) => ContainerPath.Root + string.Join('/', names);
}
