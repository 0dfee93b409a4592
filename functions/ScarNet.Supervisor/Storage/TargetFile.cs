using Microsoft.Win32.SafeHandles;

namespace ScarNet.Supervisor.Storage;

/// <summary>A new file that is filled in any order. Safe for concurrent use.</summary>
internal sealed class TargetFile(string path) : IDisposable
{
    private readonly SafeFileHandle handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);

    /// <summary>Is told of every byte; null when nobody is.</summary>
    public TransferProgress? Progress { get; set; }

    /// <exception cref="RunFailure">The disk is full.</exception>
    public void Write(ReadOnlySpan<byte> bytes, long position)
    {
        try
        {
            RandomAccess.Write(handle, bytes, position);
            Progress?.Add(bytes.Length);
        }
        catch (IOException e)
        {
            throw Disks.Failure("the object does not fit on the disk", path, e);
        }
    }

    public void Dispose() => handle.Dispose();
}
