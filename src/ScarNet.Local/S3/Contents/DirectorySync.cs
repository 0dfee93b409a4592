using System.Runtime.InteropServices;

namespace ScarNet.Local.S3.Contents;

/// <summary>fsync of a directory, which .NET does not offer: without it a new file's name may be lost in a power cut.</summary>
internal sealed partial class DirectorySync : IDisposable
{
    private const int ReadOnlyDirectory = 0x10000 | 0x80000; // O_RDONLY | O_DIRECTORY | O_CLOEXEC

    private readonly int descriptor;

    public DirectorySync(string directory)
    {
        descriptor = Open(directory, ReadOnlyDirectory);
        if (descriptor < 0)
        {
            throw new IOException($"cannot open the directory '{directory}' (errno {Marshal.GetLastPInvokeError()})");
        }
    }

    public void Flush()
    {
        if (FileSync(descriptor) != 0)
        {
            throw new IOException($"fsync of the blobs' directory failed (errno {Marshal.GetLastPInvokeError()})");
        }
    }

    public void Dispose() => _ = Close(descriptor);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FileSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
