using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ScarNet.Supervisor.Posix;

/// <summary>Tells regular files from what must not be opened: a pipe or a device would never end.</summary>
internal static class FileKinds
{
    // Source: statx(2).
    private const int AtCurrentDirectory = -100;
    private const uint TypeAndSize = 0x1 | 0x200;
    private const int StatusBytes = 256;
    private const int ModeOffset = 28;
    private const int SizeOffset = 40;
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;

    internal enum Kind
    {
        /// <summary>Nothing has that name, or a link leads nowhere.</summary>
        None,

        Regular,

        Other,
    }

    /// <summary>What a path, its links followed, leads to, and its size in bytes.</summary>
    public static unsafe (Kind Kind, long Size) Look(string path)
    {
        var status = stackalloc byte[StatusBytes];
        if (Libc.Status(AtCurrentDirectory, path, 0, TypeAndSize, status) != 0)
        {
            return Marshal.GetLastPInvokeError() == Libc.NoEntry
                ? (Kind.None, 0)
                : throw new IOException($"'{path}' cannot be looked at: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        var mode = BinaryPrimitives.ReadUInt16LittleEndian(new ReadOnlySpan<byte>(status + ModeOffset, sizeof(ushort)));
        var size = BinaryPrimitives.ReadInt64LittleEndian(new ReadOnlySpan<byte>(status + SizeOffset, sizeof(long)));
        return ((mode & TypeMask) == Regular ? Kind.Regular : Kind.Other, size);
    }

    /// <summary>Size, inode and time of change of a path's file: no writer leaves all three as they were. Null when it is not there.</summary>
    public static unsafe string? Changed(string path)
    {
        const uint sizeInodeAndChange = 0x200 | 0x100 | 0x80;
        const int inodeOffset = 32;
        const int changeOffset = 96;
        var status = stackalloc byte[StatusBytes];
        if (Libc.Status(AtCurrentDirectory, path, 0, sizeInodeAndChange, status) != 0)
        {
            return null;
        }

        var bytes = new ReadOnlySpan<byte>(status, StatusBytes);
        return string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{BinaryPrimitives.ReadInt64LittleEndian(bytes[SizeOffset..])}-{BinaryPrimitives.ReadUInt64LittleEndian(bytes[inodeOffset..])}-{BinaryPrimitives.ReadInt64LittleEndian(bytes[changeOffset..])}.{BinaryPrimitives.ReadUInt32LittleEndian(bytes[(changeOffset + sizeof(long))..])}");
    }
}
