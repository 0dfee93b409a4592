namespace ScarNet.Local.Processes;

/// <summary>Removes directories that others have filled.</summary>
internal static class DirectoryRemoval
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>
    /// Removes a directory with all that is in it, those included that their owner may not write to (a module cache, read-only data).
    /// </summary>
    /// <returns>False when something stays; standard error tells what.</returns>
    public static bool Try(string path)
    {
        try
        {
            Remove(path);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true; // somebody was faster
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"scarnet: engine: directory '{path}' cannot be removed: {e.Message}");
            return false;
        }
    }

    private static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (UnauthorizedAccessException)
        {
            Open(new DirectoryInfo(path));
            Directory.Delete(path, recursive: true);
        }
    }

    /// <summary>Lets their owner write to all directories, and follows no link.</summary>
    internal static void Open(DirectoryInfo directory)
    {
        directory.UnixFileMode |= Owner;
        foreach (var inner in directory.EnumerateDirectories().Where(inner => inner.LinkTarget is null))
        {
            Open(inner);
        }
    }
}
