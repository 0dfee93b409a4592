using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Faults;

/// <summary>A file system of its own that is soon full. Needs root.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly TemporaryDirectory directory = new();

    public string Path => directory.Under("mount");

    public static async Task<SmallDisk> Mount(int mebibytes)
    {
        var disk = new SmallDisk();
        Directory.CreateDirectory(disk.Path);
        var mounted = await Command.Run("mount", ["-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", disk.Path]);
        Assert.True(mounted.ExitCode == 0, mounted.Error);
        return disk;
    }

    public async ValueTask DisposeAsync()
    {
        var unmounted = await Command.Run("umount", ["--lazy", Path]);
        Assert.True(unmounted.ExitCode == 0, unmounted.Error);
        directory.Dispose();
    }
}
