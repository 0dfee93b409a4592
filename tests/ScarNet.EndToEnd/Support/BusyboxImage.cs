using System.Diagnostics;
using System.Formats.Tar;

namespace ScarNet.EndToEnd.Support;

/// <summary>A root file system of Debian's busybox-static: the binary, a link for each of its commands, /tmp and /etc/passwd.</summary>
public static class BusyboxImage
{
    private const string Program = "/bin/busybox";

    public static async Task<byte[]> Tar()
    {
        using var list = Process.Start(new ProcessStartInfo(Program, ["--list"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var commands = (await list.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await list.WaitForExitAsync();
        using var bytes = new MemoryStream();
        await using (var tar = new TarWriter(bytes, leaveOpen: true))
        {
            await tar.WriteEntryAsync(Folder("bin", UnixFileMode.None));
            await tar.WriteEntryAsync(Folder("etc", UnixFileMode.None));
            await tar.WriteEntryAsync(Folder("tmp", UnixFileMode.OtherWrite | UnixFileMode.GroupWrite | UnixFileMode.StickyBit));
            await tar.WriteEntryAsync(Program, "bin/busybox");
            foreach (var command in commands.Where(command => command != "busybox"))
            {
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.SymbolicLink, $"bin/{command}") { LinkName = "busybox" });
            }

            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "etc/passwd")
            {
                DataStream = new MemoryStream("root:x:0:0:root:/:/bin/sh\nuser:x:1234:1234:user:/tmp:/bin/sh\n"u8.ToArray()),
            });
        }

        return bytes.ToArray();
    }

    private static PaxTarEntry Folder(string name, UnixFileMode more) => new(TarEntryType.Directory, name)
    {
        Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
            | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute | more,
    };
}
