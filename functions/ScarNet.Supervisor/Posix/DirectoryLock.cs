using System.Runtime.InteropServices;

namespace ScarNet.Supervisor.Posix;

/// <summary>A directory that its owner holds for as long as it lives: the kernel lets go of it however the owner ends.</summary>
internal sealed class DirectoryLock : IDisposable
{
    private int descriptor;

    private DirectoryLock(int descriptor) => this.descriptor = descriptor;

    /// <summary>Null when somebody alive holds it, or it is gone.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="shared">Whether others may hold it too, as long as all of them share it.</param>
    public static DirectoryLock? TryTake(string path, bool shared = false)
    {
        // Close on exec: a script must not hold its supervisor's lock.
        var descriptor = Libc.Open(path, Libc.OpenReadOnly | Libc.OpenDirectory | Libc.OpenCloseOnExec);
        if (descriptor < 0)
        {
            return Marshal.GetLastPInvokeError() == Libc.NoEntry
                ? null
                : throw new IOException($"'{path}' cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        if (Libc.Lock(descriptor, shared ? Libc.LockSharedNow : Libc.LockExclusiveNow) == 0)
        {
            return new(descriptor);
        }

        _ = Libc.Close(descriptor);
        return null;
    }

    /// <summary>Hands the lock over to a new owner who shares it; this one is done.</summary>
    /// <returns>Null when somebody else took it in between: flock(2) gives up the old lock before it asks for the new one.</returns>
    public DirectoryLock? TryShare()
    {
        if (Libc.Lock(descriptor, Libc.LockSharedNow) != 0)
        {
            return null;
        }

        var shared = new DirectoryLock(descriptor);
        descriptor = -1;
        return shared;
    }

    public void Dispose()
    {
        if (descriptor >= 0)
        {
            _ = Libc.Close(descriptor);
            descriptor = -1;
        }
    }
}
