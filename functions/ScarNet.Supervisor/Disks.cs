using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor;

/// <summary>How full the disk under a path is.</summary>
internal static class Disks
{
    // Source: errno(3), ENOSPC and EDQUOT; the runtime keeps them in the low bits of HResult.
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    // What is left when a writer has met the end: blocks and metadata that no file can use.
    private const long FullBytes = 256 * 1024;

    public static long FreeBytes(string path) => new DriveInfo(path).AvailableFreeSpace;

    public static bool IsFull(string path) => FreeBytes(path) < FullBytes;

    /// <summary>A full disk told as such, any other error of a file as a bug of its place.</summary>
    public static RunFailure Failure(string message, string path, IOException e) => (e.HResult & 0xFFFF) is NoSpace or QuotaExceeded
        ? new RunFailure(ExitCodes.DiskFull, $"{message}: '{path}': the disk is full", e)
        : new RunFailure(ExitCodes.DiskFull, $"{message}: {e.Message}", e);
}
