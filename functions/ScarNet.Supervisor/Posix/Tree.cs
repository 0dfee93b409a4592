using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ScarNet.Supervisor.Posix;

/// <summary>Removes directories whatever the names in them: the runtime's own way only knows names that are UTF-8.</summary>
internal static unsafe class Tree
{
    // Source: ftw.h.
    private const int DepthFirst = 8;
    private const int WithoutFollowingLinks = 1;
    private const int Descriptors = 32;

    /// <exception cref="IOException">Something in it cannot be removed.</exception>
    public static void Remove(string directory)
    {
        if (Libc.Walk(directory, &RemoveOne, Descriptors, DepthFirst | WithoutFollowingLinks) != 0)
        {
            throw new IOException($"'{directory}' cannot be removed: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int RemoveOne(byte* path, void* status, int kind, void* position) => Libc.Remove(path);
}
