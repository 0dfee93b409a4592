using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using ScarNet.Core;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Deploy;

/// <summary>The zip of a function: the supervisor as <c>bootstrap</c> and what it must know as <c>function.json</c>.</summary>
internal static class FunctionPackage
{
    // 0755 and 0644 of a regular file, where Unix keeps the mode in a zip.
    private const int Executable = unchecked((int)0x81ED0000);
    private const int Readable = unchecked((int)0x81A40000);

    /// <summary>The oldest time a zip can hold: the same content is the same zip at any time.</summary>
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Names the content without building the zip.</summary>
    public static string Hash(SupervisorBinary supervisor, JobSpec spec)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Convert.FromHexString(supervisor.Sha256));
        hash.AppendData(Serialize(spec));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <param name="supervisor">The binary.</param>
    /// <param name="spec">Null for the foundation's own function, which is told of every job what it must know.</param>
    public static MemoryStream Build(SupervisorBinary supervisor, JobSpec? spec)
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var binary = File.OpenRead(supervisor.Path))
            {
                Add(archive, "bootstrap", Executable, binary);
            }

            if (spec is not null)
            {
                using var json = new MemoryStream(Serialize(spec));
                Add(archive, "function.json", Readable, json);
            }
        }

        zip.Position = 0;
        return zip;
    }

    private static byte[] Serialize(JobSpec spec) => JsonSerializer.SerializeToUtf8Bytes(spec, Json.Default.JobSpec);

    private static void Add(ZipArchive archive, string name, int mode, Stream content)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Fastest);
        entry.ExternalAttributes = mode;
        entry.LastWriteTime = Epoch;
        using var stream = entry.Open();
        content.CopyTo(stream);
    }
}
