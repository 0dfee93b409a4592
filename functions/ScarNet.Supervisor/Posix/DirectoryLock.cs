using System.Runtime.InteropServices;

namespace ScarNet.Supervisor.Posix;

/// <summary>A directory that its owner holds for as long as it lives: the kernel lets go of it however the owner ends.</summary>
internal sealed class DirectoryLock : IDisposable
{
    private readonly int descriptor;

    private DirectoryLock(int descriptor) => this.descriptor = descriptor;

    /// <summary>Null when somebody alive holds it, or it is gone.</summary>
    public static DirectoryLock? TryTake(string path)
    {
        // Close on exec: a script must not hold its supervisor's lock.
        var descriptor = Libc.Open(path, Libc.OpenReadOnly | Libc.OpenDirectory | Libc.OpenCloseOnExec);
        if (descriptor < 0)
        {
            return Marshal.GetLastPInvokeError() == Libc.NoEntry
                ? null
                : throw new IOException($"'{path}' cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        if (Libc.Lock(descriptor, Libc.LockExclusiveNow) == 0)
        {
            return new(descriptor);
        }

        _ = Libc.Close(descriptor);
        return null;
    }

    public void Dispose() => _ = Libc.Close(descriptor);
}
