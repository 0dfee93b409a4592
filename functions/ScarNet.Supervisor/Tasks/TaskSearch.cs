using ScarNet.Core.Tasks;
using ScarNet.Supervisor.Posix;

namespace ScarNet.Supervisor.Tasks;

/// <summary>A regular file that the containers left.</summary>
/// <param name="Path">In the containers, by the name it was found under.</param>
/// <param name="Here">On this machine, links followed.</param>
/// <param name="Size">Bytes.</param>
internal sealed record FoundFile(string Path, string Here, long Size);

/// <summary>Looks for files that containers left.</summary>
/// <param name="files">Where.</param>
/// <param name="tell">Hears what was passed over, and why.</param>
internal sealed class TaskSearch(TaskFiles files, Action<string> tell)
{
    /// <summary>Every regular file below a directory, sorted by path. Links to directories are followed, but never in a circle.</summary>
    public IReadOnlyList<FoundFile> Below(string directory)
    {
        var found = new List<FoundFile>();
        Walk(directory, found, []);
        return found;
    }

    /// <summary>Every path that a pattern matches.</summary>
    public IReadOnlyList<string> Matches(string pattern)
    {
        var names = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var fixedNames = PathPattern.FixedDirectory(pattern).Split('/', StringSplitOptions.RemoveEmptyEntries).Length;
        var paths = new List<string> { PathPattern.FixedDirectory(pattern).TrimEnd('/') };
        foreach (var name in names.Skip(fixedNames))
        {
            paths = [.. paths.SelectMany(path => Names(path).Where(entry => PathPattern.Takes(name, entry)).Select(entry => $"{path}/{entry}"))];
        }

        return paths;
    }

    private void Walk(string directory, List<FoundFile> found, IReadOnlyCollection<string> above)
    {
        if (files.Follow(directory) is not { } real || above.Contains(real))
        {
            return;
        }

        var names = Names(directory);
        if (names.Count == 0)
        {
            tell($"'{directory}' is empty: storage for objects has no directories, so nothing of it is kept");
        }

        foreach (var name in names)
        {
            var path = $"{directory}/{name}";
            var (kind, here, size) = files.Look(path);
            if (kind == FileKinds.Kind.Regular)
            {
                found.Add(new(path, here, size));
            }
            else if (kind == FileKinds.Kind.Other && Directory.Exists(here))
            {
                Walk(path, found, [.. above, real]);
            }
            else
            {
                tell(kind == FileKinds.Kind.Other
                    ? $"'{path}' is passed over: it is neither a file nor a directory"
                    : $"'{path}' is passed over: the link leads to nothing that the task shares");
            }
        }
    }

    private List<string> Names(string directory)
    {
        var (_, here, _) = files.Look(directory);
        return here.Length > 0 && Directory.Exists(here)
            ? [.. Directory.EnumerateFileSystemEntries(here).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)]
            : [];
    }
}
