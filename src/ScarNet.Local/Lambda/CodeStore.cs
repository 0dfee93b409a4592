using System.Security.Cryptography;
using ScarNet.Local.Processes;

namespace ScarNet.Local.Lambda;

/// <summary>
/// Code of zip functions, by content: <c>zips/&lt;sha256&gt;.zip</c> and unpacked <c>code/&lt;sha256&gt;/</c>. A directory appears complete
/// or not at all. Thread-safe.
/// </summary>
internal sealed class CodeStore(string directory)
{
    /// <summary>Source: docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, zipped, for direct upload.</summary>
    public const int MostZipBytes = 50 * 1024 * 1024;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private string Zips => Path.Join(directory, "zips");

    private string Codes => Path.Join(directory, "code");

    /// <summary>Stores and unpacks a zip.</summary>
    /// <returns>Lower-case hex of its SHA-256.</returns>
    /// <exception cref="Http.ApiException">It is no zip, is too large, or leads out of its directory.</exception>
    public string Add(byte[] zip)
    {
        Directory.CreateDirectory(Zips, OwnerOnly);
        Directory.CreateDirectory(Codes, OwnerOnly);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(zip));
        Unpack(zip, sha256);
        var part = $"{ZipFile(sha256)}.{Guid.NewGuid():N}";
        File.WriteAllBytes(part, zip);
        File.Move(part, ZipFile(sha256), overwrite: true);
        return sha256;
    }

    /// <summary>The unpacked code; unpacked again when somebody has removed it.</summary>
    /// <exception cref="FileNotFoundException">The zip is gone too.</exception>
    public string DirectoryOf(string sha256)
    {
        if (!Directory.Exists(Path.Join(Codes, sha256)))
        {
            Unpack(File.ReadAllBytes(ZipFile(sha256)), sha256);
        }

        return Path.Join(Codes, sha256);
    }

    public string ZipFile(string sha256) => Path.Join(Zips, sha256 + ".zip");

    /// <summary>Removes what no function has any more, and what a killed engine left half-done. Only before anything runs or is served.</summary>
    public void Sweep(IReadOnlySet<string> used)
    {
        foreach (var file in Entries(Zips).Where(f => !used.Contains(Path.GetFileNameWithoutExtension(f)) || !f.EndsWith(".zip", StringComparison.Ordinal)))
        {
            File.Delete(file);
        }

        foreach (var code in Entries(Codes).Where(d => !used.Contains(Path.GetFileName(d))))
        {
            DirectoryRemoval.Try(code);
        }
    }

    private static string[] Entries(string path) => Directory.Exists(path) ? Directory.GetFileSystemEntries(path) : [];

    private void Unpack(byte[] zip, string sha256)
    {
        var target = Path.Join(Codes, sha256);
        if (Directory.Exists(target))
        {
            return;
        }

        var part = $"{target}.{Guid.NewGuid():N}";
        try
        {
            ZipCode.Unpack(zip, part);
            Directory.Move(part, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            // Somebody else was faster with the same content.
        }
        finally
        {
            if (Directory.Exists(part))
            {
                Directory.Delete(part, recursive: true);
            }
        }
    }
}
