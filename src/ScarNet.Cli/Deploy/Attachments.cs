using System.IO.Compression;
using System.Security.Cryptography;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Deploy;

/// <summary>What is uploaded with a function besides its script: files, and a package as a zip.</summary>
/// <param name="Files">As the supervisor is told of them.</param>
/// <param name="Package">Null when there is none.</param>
/// <param name="Uploads">Key in the artifact bucket → what opens its content.</param>
internal sealed record Attachments(
    IReadOnlyList<FileSpec> Files, PackageSpec? Package, IReadOnlyList<(string Key, Func<Stream> Open)> Uploads)
{
    // Of a regular file, and of one that may be run, where Unix keeps the mode in a zip.
    private const int Readable = unchecked((int)0x81A40000);
    private const int Runnable = unchecked((int)0x81ED0000);
    private const int LinkMode = unchecked((int)0xA1FF0000);
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Attachments None { get; } = new([], null, []);

    /// <exception cref="ScarException">A file cannot be read.</exception>
    public static async Task<Attachments> Of(FunctionDefinition function, CancellationToken cancellation)
    {
        try
        {
            var files = new List<FileSpec>();
            var uploads = new Dictionary<string, Func<Stream>>();
            foreach (var (path, source) in function.Files.SelectMany(Expand))
            {
                var spec = await SpecOf(path, source, cancellation);
                files.Add(spec);
                uploads[ArtifactKeys.File(spec.Sha256)] = () => File.OpenRead(source);
            }

            var package = function.Package is { } packed ? await Pack(packed, uploads, cancellation) : null;
            return new([.. files.OrderBy(file => file.Path, StringComparer.Ordinal)], package, [.. uploads.Select(upload => (upload.Key, upload.Value))]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ScarException($"a file of function '{function.Name}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>A file is itself; a directory is every file below it.</summary>
    private static IEnumerable<(string Path, string Source)> Expand(LocalFile file) => Directory.Exists(file.Source)
        ? Directory.EnumerateFiles(file.Source, "*", SearchOption.AllDirectories)
            .Select(inner => ($"{file.Path}/{Path.GetRelativePath(file.Source, inner)}", inner))
        : [(file.Path, file.Source)];

    private static async Task<FileSpec> SpecOf(string path, string source, CancellationToken cancellation)
    {
        await using var content = File.OpenRead(source);
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation));
        return new(path, digest, content.Length, (File.GetUnixFileMode(source) & AnyExecute) != UnixFileMode.None);
    }

    private static async Task<PackageSpec> Pack(string source, Dictionary<string, Func<Stream>> uploads, CancellationToken cancellation)
    {
        var zip = Directory.Exists(source) ? Zip(source) : await File.ReadAllBytesAsync(source, cancellation);
        var digest = Convert.ToHexStringLower(SHA256.HashData(zip));
        uploads[ArtifactKeys.Package(digest)] = () => new MemoryStream(zip, writable: false);
        return new(digest, zip.Length);
    }

    // Sorted and without times: the same directory is the same zip.
    private static byte[] Zip(string directory)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                var entry = archive.CreateEntry(Path.GetRelativePath(directory, file), CompressionLevel.Optimal);
                entry.LastWriteTime = Epoch;
                var link = new FileInfo(file).LinkTarget;
                entry.ExternalAttributes = link is not null ? LinkMode : (File.GetUnixFileMode(file) & AnyExecute) != UnixFileMode.None ? Runnable : Readable;
                using var target = entry.Open();
                using Stream content = link is not null ? new MemoryStream(System.Text.Encoding.UTF8.GetBytes(link)) : File.OpenRead(file);
                content.CopyTo(target);
            }
        }

        return zip.ToArray();
    }
}
