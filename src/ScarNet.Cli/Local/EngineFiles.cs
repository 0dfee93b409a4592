namespace ScarNet.Cli.Local;

/// <summary>What engines keep in a data directory: <c>reset</c> removes these and nothing else, whatever directory was named.</summary>
internal static class EngineFiles
{
    private static readonly string[] Names =
        ["engine.json", "credentials.json", "blobs", "images", "secrets", "host", "lambda", "batch", "tmp", EngineLog.FileName, "engine.pid"];

    /// <summary>Who holds them holds the directory: they go last.</summary>
    private static readonly string[] Locks = ["engine.lock", "start.lock"];

    /// <summary>Whether an engine made anything there.</summary>
    public static bool Exist(string dataDirectory) => Directory.Exists(dataDirectory) && Find(dataDirectory).Count > 0;

    /// <summary>Removes everything an engine made. No engine runs there.</summary>
    public static void Remove(string dataDirectory)
    {
        foreach (var path in Find(dataDirectory))
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }

        if (!Directory.EnumerateFileSystemEntries(dataDirectory).Any())
        {
            Directory.Delete(dataDirectory);
        }
    }

    private static List<string> Find(string dataDirectory) =>
    [
        .. Names.Select(name => Path.Join(dataDirectory, name))
            .Concat(Directory.GetFiles(dataDirectory, "scarnet.db*"))
            .Concat(Locks.Select(name => Path.Join(dataDirectory, name)))
            .Where(Path.Exists),
    ];
}
