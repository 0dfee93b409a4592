using System.Text;
using ScarNet.Core;

namespace ScarNet.Cli.Transfers;

/// <summary>A key as a path below a directory. Keys are untrusted: one that would lead elsewhere is refused.</summary>
internal static class LocalPath
{
    private const int MaxNameBytes = 255; // NAME_MAX of Linux's file systems

    /// <param name="key">The part of the key below what was asked for.</param>
    /// <param name="refusal">Why not.</param>
    /// <returns>A relative path; null when there is none that is safe.</returns>
    public static string? Of(string key, out string? refusal)
    {
        var parts = key.Split('/');
        refusal = parts switch
        {
            _ when parts.Any(part => part is ".." or ".") => "its key holds '.' or '..' as a folder, which would lead elsewhere",
            _ when parts.Any(part => part.Length == 0) => "its key holds an empty folder name, which no file system has",
            _ when key.Contains('\0', StringComparison.Ordinal) => "its key holds a NUL character",
            _ when parts.Any(part => Encoding.UTF8.GetByteCount(part) > MaxNameBytes) => $"its key holds a name of more than {MaxNameBytes} bytes",
            _ => null,
        };
        return refusal is null ? key : null;
    }

    /// <summary>The whole path; a last look, whatever was decided before.</summary>
    /// <exception cref="ScarException">It would lie outside the directory, or a link on the way leads somewhere.</exception>
    public static string Below(string directory, string relative)
    {
        var root = Path.GetFullPath(directory);
        var full = Path.GetFullPath(Path.Join(root, relative));
        if (!full.StartsWith(Path.EndsInDirectorySeparator(root) ? root : root + '/', StringComparison.Ordinal))
        {
            throw new ScarException($"'{relative}' would lie outside '{directory}'");
        }

        for (var folder = Path.GetDirectoryName(full)!; folder.Length > root.Length; folder = Path.GetDirectoryName(folder)!)
        {
            if (new DirectoryInfo(folder) is { Exists: true, LinkTarget: not null })
            {
                throw new ScarException($"'{folder}' is a link: nothing is written through it");
            }
        }

        return full;
    }
}
