using System.Runtime.InteropServices;

namespace ScarNet.Local.Processes;

/// <summary>The few system calls that .NET does not offer.</summary>
internal static unsafe partial class Libc
{
    public const int SigTerm = 15;
    public const int SigKill = 9;
    public const int SigStop = 19;

    private const short PollIn = 1;
    private const nuint BytesWaiting = 0x541B; // FIONREAD
    private const int Interrupted = 4; // EINTR

    /// <summary>Sends a signal; a negative id is a process group. False when there is no such process.</summary>
    public static bool Signal(int pid, int signal) => Kill(pid, signal) == 0;

    /// <summary>Waits until one of two pipes has bytes or has ended. A negative descriptor is left out.</summary>
    /// <returns>Which of them.</returns>
    public static (bool First, bool Second) WaitReadable(int first, int second, TimeSpan longest)
    {
        var polled = stackalloc PollFd[2];
        polled[0] = new PollFd { Descriptor = first, Events = PollIn, Returned = 0 };
        polled[1] = new PollFd { Descriptor = second, Events = PollIn, Returned = 0 };
        var ready = Poll(polled, 2, (int)longest.TotalMilliseconds);
        return ready <= 0 ? (false, false) : (polled[0].Returned != 0, polled[1].Returned != 0);
    }

    /// <summary>Bytes that can be read from a pipe without waiting.</summary>
    public static int Waiting(int descriptor)
    {
        int count;
        return Ioctl(descriptor, BytesWaiting, &count) == 0 ? count : 0;
    }

    /// <summary>Reads what is there; 0 at the end.</summary>
    public static int Read(int descriptor, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            nint read;
            do
            {
                read = ReadBytes(descriptor, start, (nuint)buffer.Length);
            }
            while (read < 0 && Marshal.GetLastPInvokeError() == Interrupted);
            return (int)Math.Max(0, read);
        }
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollFd* descriptors, nuint count, int milliseconds);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(int descriptor, nuint request, int* value);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadBytes(int descriptor, byte* buffer, nuint count);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFd
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
