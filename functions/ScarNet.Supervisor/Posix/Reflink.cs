namespace ScarNet.Supervisor.Posix;

/// <summary>Copies that share their blocks with the original until one of the two is written to.</summary>
internal static class Reflink
{
    // Source: linux/fs.h, FICLONE.
    private const nuint Clone = 0x40049409;

    /// <summary>False, with nothing left behind, where the file system has no such copies.</summary>
    public static bool TryMake(string original, string copy)
    {
        bool made;
        using (var source = new FileStream(original, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0))
        using (var target = new FileStream(copy, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            made = Libc.Control((int)target.SafeFileHandle.DangerousGetHandle(), Clone, (nint)source.SafeFileHandle.DangerousGetHandle()) == 0;
        }

        if (!made)
        {
            File.Delete(copy);
        }

        return made;
    }
}
