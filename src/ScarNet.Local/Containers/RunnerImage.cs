using System.Formats.Tar;
using ScarNet.Core.Jobs;

namespace ScarNet.Local.Containers;

/// <summary>The root file system of an image that holds the supervisor where its command expects it, and nothing else.</summary>
internal static class RunnerImage
{
    private const int BufferBytes = 64 * 1024;

    private const UnixFileMode Program = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <param name="supervisor">The binary; linked fully static, so that it needs nothing else.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <returns>A tar archive, gone once it is closed.</returns>
    public static async Task<Stream> Of(string supervisor, CancellationToken cancellation)
    {
        var archive = new FileStream(
            Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, BufferBytes, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await using (var tar = new TarWriter(archive, leaveOpen: true))
        {
            await using var binary = File.OpenRead(supervisor);
            await tar.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.Directory, "tmp") { Mode = Program | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite | UnixFileMode.StickyBit },
                cancellation);
            await tar.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.RegularFile, SupervisorVariables.MountPath.TrimStart('/')) { Mode = Program, DataStream = binary }, cancellation);
        }

        archive.Position = 0;
        return archive;
    }
}
