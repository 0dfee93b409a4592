namespace ScarNet.Core.Functions;

/// <summary>A file or directory beside the function file that every run finds in its workspace.</summary>
/// <param name="Path">Where it goes, relative to the workspace.</param>
/// <param name="Source">Absolute path on the machine that deploys.</param>
public sealed record LocalFile(string Path, string Source)
{
    /// <summary>A relative path without the parts that say nothing.</summary>
    public static string Clean(string path)
    {
        var parts = string.Join('/', path.Split('/').Where(part => part is not ("" or ".")));
        return path.StartsWith('/') ? "/" + parts : parts;
    }
}
