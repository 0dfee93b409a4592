using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Posix;

namespace ScarNet.Supervisor.Stages;

/// <summary>What a script left in its output directory.</summary>
internal static class ProducedFiles
{
    private const char NotDecoded = '\uFFFD';

    /// <summary>Every regular file, and links that lead to one. Linked directories, pipes and devices are told of and left.</summary>
    /// <exception cref="RunFailure">A file's name is not UTF-8: no key can be made from it.</exception>
    public static IReadOnlyList<ProducedFile> In(string directory, Log log)
    {
        var found = new List<ProducedFile>();
        var next = new Stack<DirectoryInfo>([new DirectoryInfo(directory)]);
        while (next.TryPop(out var inner))
        {
            foreach (var entry in inner.EnumerateFileSystemInfos())
            {
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
        }

        return found;
    }
}
