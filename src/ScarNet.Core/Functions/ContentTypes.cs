namespace ScarNet.Core.Functions;

/// <summary>Content types by the extension of a file. Source: iana.org/assignments/media-types</summary>
public static class ContentTypes
{
    private static readonly Dictionary<string, string> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".avi"] = "video/x-msvideo",
        [".bmp"] = "image/bmp",
        [".bz2"] = "application/x-bzip2",
        [".css"] = "text/css",
        [".csv"] = "text/csv",
        [".gif"] = "image/gif",
        [".gz"] = "application/gzip",
        [".htm"] = "text/html",
        [".html"] = "text/html",
        [".jpeg"] = "image/jpeg",
        [".jpg"] = "image/jpeg",
        [".js"] = "text/javascript",
        [".json"] = "application/json",
        [".jsonl"] = "application/jsonl",
        [".log"] = "text/plain",
        [".md"] = "text/markdown",
        [".mkv"] = "video/x-matroska",
        [".mov"] = "video/quicktime",
        [".mp3"] = "audio/mpeg",
        [".mp4"] = "video/mp4",
        [".ogg"] = "audio/ogg",
        [".parquet"] = "application/vnd.apache.parquet",
        [".pdf"] = "application/pdf",
        [".png"] = "image/png",
        [".svg"] = "image/svg+xml",
        [".tar"] = "application/x-tar",
        [".tgz"] = "application/gzip",
        [".tif"] = "image/tiff",
        [".tiff"] = "image/tiff",
        [".tsv"] = "text/tab-separated-values",
        [".txt"] = "text/plain",
        [".wav"] = "audio/wav",
        [".webm"] = "video/webm",
        [".webp"] = "image/webp",
        [".xml"] = "application/xml",
        [".yaml"] = "application/yaml",
        [".yml"] = "application/yaml",
        [".zip"] = "application/zip",
        [".zst"] = "application/zstd",
    };

    /// <summary>S3's own default where the extension says nothing.</summary>
    public const string Unknown = "binary/octet-stream";

    /// <param name="path">A file's name or path.</param>
    public static string Of(string path) => ByExtension.GetValueOrDefault(Path.GetExtension(path), Unknown);
}
