using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Supervisor;

/// <summary>A file system of a few MiB, mounted for one test.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryDirectory directory;

    private SmallDisk(TemporaryDirectory directory) => this.directory = directory;

    public string FullName => directory.FullName;

    /// <summary>Makes a supervisor put its workspaces there.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["TMPDIR"] = directory.FullName };

    public static async Task<SmallDisk> Mount(int mebibytes)
    {
        var directory = new TemporaryDirectory();
        var mounted = await Command.Run("mount", ["-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", directory.FullName]);
        Assert.True(mounted.ExitCode == 0, $"mount (needs root): {mounted.Error}");
        return new(directory);
    }

    public void Dispose()
    {
        // Lazily: whoever still stands in it does not keep it mounted.
        using var unmount = System.Diagnostics.Process.Start("umount", ["-l", directory.FullName]);
        unmount.WaitForExit(TimeSpan.FromSeconds(10));
        directory.Dispose();
    }
}
