using ScarNet.EndToEnd.Support;
using ScarNet.Local.Processes;

namespace ScarNet.EndToEnd.Batch;

/// <summary>What jobs leave behind may be anything; what cannot be removed is no reason not to go on.</summary>
public sealed class RemovingDirectories
{
    [Fact]
    public async Task GoesOnWhereOneIsHeld()
    {
        using var directory = new TemporaryDirectory();
        var held = Directory.CreateDirectory(directory.Under("work/held"));
        var mounted = await Command.Run("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", held.FullName]);
        Assert.True(mounted.ExitCode == 0, $"mount (needs root): {mounted.Error}");
        try
        {
            Assert.False(DirectoryRemoval.Try(directory.Under("work")));
        }
        finally
        {
            await Command.Run("umount", [held.FullName]);
        }

        Assert.True(DirectoryRemoval.Try(directory.Under("work")));
        Assert.False(Directory.Exists(directory.Under("work")));
    }

    [Fact]
    public void TakesThoseThatTheirOwnerMayNotWriteTo()
    {
        using var directory = new TemporaryDirectory();
        var inner = Directory.CreateDirectory(directory.Under("work/cache/module"));
        File.WriteAllText(Path.Join(inner.FullName, "file"), "x");
        inner.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        inner.Parent!.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;

        var outside = Directory.CreateDirectory(directory.Under("outside"));
        outside.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        File.CreateSymbolicLink(directory.Under("work/out"), outside.FullName);

        DirectoryRemoval.Open(new(directory.Under("work"))); // what root never needs

        Assert.True(inner.UnixFileMode.HasFlag(UnixFileMode.UserWrite) && inner.Parent.UnixFileMode.HasFlag(UnixFileMode.UserWrite));
        outside.Refresh();
        Assert.False(outside.UnixFileMode.HasFlag(UnixFileMode.UserWrite));
        Assert.True(DirectoryRemoval.Try(directory.Under("work")));
        Assert.True(DirectoryRemoval.Try(directory.Under("work")));
        Assert.True(outside.Exists);
    }
}
