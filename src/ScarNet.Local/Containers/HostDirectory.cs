namespace ScarNet.Local.Containers;

/// <summary>The directory that stands for the root of a Batch machine: host volumes of job definitions lie below it.</summary>
/// <param name="Path">Absolute.</param>
public sealed record HostDirectory(string Path)
{
    /// <summary>The place of an absolute path of the machine; never outside, whatever the path says.</summary>
    public string Under(string machinePath)
    {
        var full = System.IO.Path.GetFullPath(System.IO.Path.Join(Path, System.IO.Path.GetFullPath(System.IO.Path.Join("/", machinePath))));
        return full.TrimEnd('/');
    }
}
