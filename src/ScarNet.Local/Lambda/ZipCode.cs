using System.IO.Compression;
using ScarNet.Local.Http;

namespace ScarNet.Local.Lambda;

/// <summary>Unpacks a function's zip, which is a stranger's: it stays inside its directory and below AWS's size, or is refused.</summary>
internal static class ZipCode
{
    /// <summary>Source: docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, unzipped, layers included.</summary>
    private const long MostBytes = 250L * 1024 * 1024;

    private const int MostEntries = 100_000;
    private const int TypeBits = 0xF000;
    private const int SymbolicLink = 0xA000;
    private const int ModeBits = 0x1FF;

    /// <summary>For a zip made on a system without file modes: everything may be executed.</summary>
    private const UnixFileMode NoModeGiven = (UnixFileMode)0x1ED; // 0755

    /// <param name="zip">The archive.</param>
    /// <param name="directory">Made by this; the caller removes it when this throws.</param>
    /// <exception cref="ApiException">See the class.</exception>
    public static void Unpack(byte[] zip, string directory)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(zip, writable: false), ZipArchiveMode.Read);
            if (archive.Entries.Count is 0 or > MostEntries)
            {
                throw LambdaFault.Invalid(archive.Entries.Count == 0 ? "Uploaded file must be a non-empty zip" : "The zip has too many entries");
            }

            Directory.CreateDirectory(directory);
            var left = MostBytes;
            foreach (var entry in archive.Entries)
            {
                left = Unpack(entry, Target(directory, entry.FullName), left);
            }
        }
        catch (InvalidDataException)
        {
            throw LambdaFault.Invalid("Could not unzip uploaded file. Please check your file, then try to upload again.");
        }
    }

    private static long Unpack(ZipArchiveEntry entry, string target, long left)
    {
        var attributes = entry.ExternalAttributes >>> 16;
        if ((attributes & TypeBits) == SymbolicLink)
        {
            throw LambdaFault.Invalid($"The zip has the symbolic link '{entry.FullName}', which the local engine does not take: put the file itself in");
        }

        if (entry.FullName.EndsWith('/'))
        {
            Directory.CreateDirectory(target);
            return left;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = (attributes & ModeBits) == 0 ? NoModeGiven : (UnixFileMode)(attributes & ModeBits) | UnixFileMode.UserRead,
        };
        using var source = entry.Open();
        using var file = new FileStream(target, options);
        return left - Copy(source, file, left);
    }

    /// <summary>Counts what really comes out: the sizes in the archive are the sender's word.</summary>
    private static long Copy(Stream source, FileStream target, long most)
    {
        var buffer = new byte[64 * 1024];
        var copied = 0L;
        int read;
        while ((read = source.Read(buffer)) > 0)
        {
            copied += read;
            if (copied > most)
            {
                throw LambdaFault.Invalid($"Unzipped size must be smaller than {MostBytes} bytes");
            }

            target.Write(buffer, 0, read);
        }

        return copied;
    }

    private static string Target(string directory, string name)
    {
        var target = Path.GetFullPath(Path.Join(directory, name));
        return target.StartsWith(directory + "/", StringComparison.Ordinal) && !name.Contains('\0', StringComparison.Ordinal)
            ? target
            : throw LambdaFault.Invalid($"The zip has an entry that leads out of it: '{name}'");
    }
}
