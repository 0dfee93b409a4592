namespace ScarNet.Core.Tasks;

/// <summary>Paths inside containers.</summary>
public static class ContainerPath
{
    public const string Root = "/";

    /// <summary>A path without doubled and closing '/'; null when it is not absolute, or holds '.', '..' or NUL.</summary>
    public static string? Normalize(string path)
    {
        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return path.StartsWith('/') && !path.Contains('\0', StringComparison.Ordinal) && !names.Any(name => name is "." or "..")
            ? Root + string.Join('/', names)
            : null;
    }

    /// <summary>Whether a path is the directory or lies below it; names are compared whole: /w/10 is not in /w/1.</summary>
    public static bool IsIn(string path, string directory) =>
        path == directory || directory == Root || path.StartsWith(directory + "/", StringComparison.Ordinal);

    public static string Parent(string path) => path.LastIndexOf('/') is var slash and > 0 ? path[..slash] : Root;
}
