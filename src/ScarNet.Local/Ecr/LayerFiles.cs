using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ScarNet.Local.Ecr;

/// <summary>What images are made of: files by their SHA-256, and those that are on their way. Thread-safe.</summary>
internal sealed partial class LayerFiles
{
    private const string Sha256 = "sha256:";

    /// <summary>What nobody refers to is not taken away while somebody may be pushing an image that does.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    private readonly string layers;
    private readonly string uploads;

    public LayerFiles(DataDirectory directory)
    {
        layers = Path.Join(directory.Path, "images", "layers");
        uploads = Path.Join(directory.Path, "images", "uploads");
    }

    public static bool IsDigest(string text) => DigestText().IsMatch(text);

    /// <summary>Path of a layer; null when it is not there.</summary>
    public string? Find(string digest) => IsDigest(digest) && File.Exists(PathOf(digest)) ? PathOf(digest) : null;

    /// <summary>Puts off the removal of a layer that somebody is about to refer to.</summary>
    public void Keep(string digest, DateTime now) => File.SetLastWriteTimeUtc(PathOf(digest), now);

    /// <summary>Begins an upload.</summary>
    /// <returns>Its id.</returns>
    public string Begin()
    {
        Directory.CreateDirectory(uploads);
        var id = Guid.NewGuid().ToString("n");
        File.Create(Path.Join(uploads, id)).Dispose();
        return id;
    }

    /// <summary>Adds to an upload.</summary>
    /// <returns>How many bytes it has; null when there is no such upload.</returns>
    public async Task<long?> Append(string id, Stream content, CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(id, "n", out _) || !File.Exists(Path.Join(uploads, id)))
        {
            return null;
        }

        await using var file = new FileStream(Path.Join(uploads, id), FileMode.Append, FileAccess.Write, FileShare.None);
        await content.CopyToAsync(file, cancellation);
        return file.Length;
    }

    /// <summary>Makes a layer of an upload.</summary>
    /// <returns>Whether its content has that digest; else it is gone.</returns>
    public async Task<bool> End(string id, string digest, CancellationToken cancellation)
    {
        var file = Path.Join(uploads, id);
        string actual;
        await using (var content = File.OpenRead(file))
        {
            actual = Sha256 + Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation));
        }

        if (actual != digest)
        {
            File.Delete(file);
            return false;
        }

        Directory.CreateDirectory(layers);
        File.Move(file, PathOf(actual), overwrite: true);
        return true;
    }

    /// <summary>Takes away what no image refers to.</summary>
    /// <param name="manifests">Of every image there is.</param>
    /// <param name="now">The time.</param>
    public void Sweep(IEnumerable<byte[]> manifests, DateTime now)
    {
        var used = manifests.SelectMany(References).ToHashSet(StringComparer.Ordinal);
        foreach (var file in new DirectoryInfo(layers) is { Exists: true } there ? there.EnumerateFiles() : [])
        {
            if (!used.Contains(Sha256 + file.Name) && now - file.LastWriteTimeUtc > Grace)
            {
                file.Delete();
            }
        }

        foreach (var file in new DirectoryInfo(uploads) is { Exists: true } begun ? begun.EnumerateFiles() : [])
        {
            if (now - file.LastWriteTimeUtc > Grace)
            {
                file.Delete();
            }
        }
    }

    /// <summary>Digests that a manifest, or an index, names.</summary>
    public static IReadOnlyList<string> References(byte[] manifest)
    {
        using var document = JsonDocument.Parse(manifest);
        var root = document.RootElement;
        var parts = new List<JsonElement>();
        if (root.TryGetProperty("config", out var config))
        {
            parts.Add(config);
        }

        foreach (var list in (string[])["layers", "manifests"])
        {
            if (root.TryGetProperty(list, out var items) && items.ValueKind == JsonValueKind.Array)
            {
                parts.AddRange(items.EnumerateArray());
            }
        }

        return [.. parts.Select(part => part.TryGetProperty("digest", out var digest) ? digest.GetString() : null).OfType<string>()];
    }

    private string PathOf(string digest) => Path.Join(layers, digest[Sha256.Length..]);

    [GeneratedRegex("^sha256:[0-9a-f]{64}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DigestText();
}
