namespace ScarNet.Cli.Local;

/// <summary>What engines keep in a data directory: <c>reset</c> removes these and nothing else, whatever directory was named.</summary>
internal static class EngineFiles
{
    private static readonly string[] Names =
        ["engine.json", "credentials.json", "blobs", "images", "secrets", "host", "lambda", "batch", "tmp", EngineLog.FileName, "start.lock", "engine.lock", "engine.pid"];

    /// <summary>Removes everything an engine made. No engine runs there.</summary>
    /// <returns>Whether there was anything.</returns>
    public static bool Remove(string dataDirectory)
    {
        if (!Directory.Exists(dataDirectory))
        {
            return false;
        }

        var found = Names.Select(name => Path.Join(dataDirectory, name))
            .Concat(Directory.GetFiles(dataDirectory, "scarnet.db*"))
            .Where(Path.Exists)
            .ToList();
        foreach (var path in found)
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

        return found.Count > 0;
    }
}
