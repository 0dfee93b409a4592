using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Containers;

/// <summary>
/// A workspace that another user than its maker works in, because the image says so. What lies above it on the machine is for the
/// supervisor's user only, and so the workspace remains out of everybody else's reach.
/// </summary>
internal static class SharedWorkspace
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Everything = Readable
        | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite
        | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static void Open(Workspace place)
    {
        foreach (var entry in new DirectoryInfo(place.Root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Where(e => e.LinkTarget is null))
        {
            File.SetUnixFileMode(entry.FullName, entry is DirectoryInfo ? Everything : entry.UnixFileMode | Readable);
        }

        File.SetUnixFileMode(place.Script, Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(place.Root, Everything);
    }
}
