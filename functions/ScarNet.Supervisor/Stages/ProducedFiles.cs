using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Posix;

namespace ScarNet.Supervisor.Stages;

/// <summary>What a script left in its output directory.</summary>
internal static class ProducedFiles
{
    private const int MostAstray = 20;
    private const char NotDecoded = '\uFFFD';

    /// <summary>What lies in the workspace itself: where a script looks for its results that does not know of its output directory.</summary>
    /// <returns>The first of the files' paths, in order.</returns>
    public static IReadOnlyList<string> Astray(Workspace place)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return
        [
            .. new DirectoryInfo(place.Root).EnumerateFileSystemInfos()
                .Where(entry => !place.Directories.Contains(entry.FullName))
                .SelectMany(entry => entry is DirectoryInfo { LinkTarget: null } directory ? directory.EnumerateFiles("*", options) : entry is FileInfo file ? [file] : [])
                .Take(MostAstray)
                .Select(file => Path.GetRelativePath(place.Root, file.FullName))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Every regular file, and links that lead to one. Linked directories, pipes and devices are told of and left.</summary>
    /// <exception cref="RunFailure">A file's name is not UTF-8: no key can be made from it.</exception>
    public static IReadOnlyList<ProducedFile> In(string directory, Log log)
    {
        var found = new List<ProducedFile>();
        var next = new Stack<DirectoryInfo>([new DirectoryInfo(directory)]);
        while (next.TryPop(out var inner))
        {
            var isEmpty = true;
            foreach (var entry in inner.EnumerateFileSystemInfos())
            {
                isEmpty = false;
                var (kind, size) = FileKinds.Look(entry.FullName);
                var path = Path.GetRelativePath(directory, entry.FullName);
                if (kind == FileKinds.Kind.Regular)
                {
                    found.Add(new(path, size));
                }
                else if (kind == FileKinds.Kind.None && path.Contains(NotDecoded, StringComparison.Ordinal))
                {
                    throw new RunFailure(ExitCodes.OutputMissing, $"the name of the output '{path}' is not UTF-8: no key can be made from it");
                }
                else if (entry is DirectoryInfo { LinkTarget: null } below)
                {
                    next.Push(below);
                }
                else
                {
                    log.Warn("output passed over: neither a file nor a directory", ("file", path));
                }
            }

            if (isEmpty && inner.FullName != directory)
            {
                log.Info("output passed over: an empty directory makes no object", ("directory", Path.GetRelativePath(directory, inner.FullName)));
            }
        }

        return found;
    }
}
