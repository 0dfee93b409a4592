namespace ScarNet.Core.Tasks;

/// <summary>A place of the container that is a directory or file of the machine.</summary>
/// <param name="Path">In the container.</param>
/// <param name="IsFile">Else a directory.</param>
public sealed record TesMount(string Path, bool IsFile);

/// <summary>
/// Which places a task's containers share. Every file the task names lies in one of them. A file brings its whole directory, so that a
/// program may rename it, unless that directory belongs to the image: then the file alone is shared.
/// </summary>
public static class TesMounts
{
    /// <summary>Always shared, whatever the task names.</summary>
    public const string Temporary = "/tmp";

    private static readonly HashSet<string> OfTheImage = new(StringComparer.Ordinal)
    {
        "/", "/bin", "/boot", "/dev", "/etc", "/home", "/lib", "/lib32", "/lib64", "/opt", "/root", "/run", "/sbin", "/srv", "/usr",
        "/usr/bin", "/usr/include", "/usr/lib", "/usr/local", "/usr/local/bin", "/usr/local/lib", "/usr/local/share", "/usr/sbin",
        "/usr/share", "/var", "/var/lib", "/var/run",
    };

    private static readonly string[] OfTheKernel = ["/dev", "/proc", "/sys"];

    /// <summary>Why nothing of a task may lie at a path; null when it may.</summary>
    /// <param name="path">Normalized.</param>
    /// <param name="directory">Whether the whole of it would be shared.</param>
    public static string? Refusal(string path, bool directory) =>
        Array.Exists(OfTheKernel, place => ContainerPath.IsIn(path, place)) ? "belongs to the kernel"
            : path == ContainerPath.Root || (directory && OfTheImage.Contains(path)) ? "is a directory of the image, which would be hidden"
            : null;

    /// <summary>The places, none inside another, sorted.</summary>
    public static IReadOnlyList<TesMount> Of(TesTask task)
    {
        var directories = new SortedSet<string>(StringComparer.Ordinal) { Temporary };
        var files = new SortedSet<string>(StringComparer.Ordinal);
        directories.UnionWith(task.Volumes);
        foreach (var input in task.Inputs)
        {
            Add(input.Path, input.Type == TesFileType.Directory);
        }

        foreach (var output in task.Outputs)
        {
            Add(output.HasWildcards ? PathPattern.FixedDirectory(output.Path) : output.Path, output.HasWildcards || output.Type == TesFileType.Directory);
        }

        foreach (var path in task.Executors.SelectMany(executor => (string?[])[executor.Stdin, executor.Stdout, executor.Stderr]).OfType<string>())
        {
            Add(path, directory: false);
        }

        var outermost = directories.Where(path => !directories.Any(other => other != path && ContainerPath.IsIn(path, other))).ToList();
        return [.. outermost.Select(path => new TesMount(path, IsFile: false))
            .Concat(files.Where(path => !outermost.Any(place => ContainerPath.IsIn(path, place))).Select(path => new TesMount(path, IsFile: true)))
            .OrderBy(mount => mount.Path, StringComparer.Ordinal)];

        void Add(string path, bool directory)
        {
            if (directory)
            {
                directories.Add(path);
            }
            else if (OfTheImage.Contains(ContainerPath.Parent(path)))
            {
                files.Add(path);
            }
            else
            {
                directories.Add(ContainerPath.Parent(path));
            }
        }
    }
}
