using System.IO.Enumeration;
using ScarNet.Core;

namespace ScarNet.Cli.Transfers;

/// <summary>Which file gets which key.</summary>
internal static class UploadPlan
{
    private const int MaxKeyBytes = 1024; // docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html

    /// <summary>
    /// A file goes to the prefix under its own name, or, when the address does not end in '/', to exactly that key. A directory's
    /// files keep their paths below it. Links to directories are not followed.
    /// </summary>
    /// <exception cref="ScarException">A source is missing, two files would get one key, or a key is too long.</exception>
    public static IReadOnlyList<Upload> Of(IReadOnlyList<string> sources, S3Address to)
    {
        var single = sources is [var only] && File.Exists(only);
        if (!single && to.Key.Length > 0 && !to.Key.EndsWith('/'))
        {
            throw new ScarException($"'{to}' is one key, and there is more than one file", $"'{to}/' is a prefix");
        }

        var uploads = sources.SelectMany(source => single && to.Key.Length > 0 && !to.Key.EndsWith('/')
            ? [Upload(source, to)]
            : Under(source, to)).ToList();
        if (uploads.GroupBy(upload => upload.To.Key).FirstOrDefault(group => group.Count() > 1) is { } clash)
        {
            throw new ScarException(
                $"{string.Join(" and ", clash.Select(upload => $"'{upload.File}'"))} would both become '{clash.First().To}'",
                "put them under different prefixes");
        }

        return uploads;
    }

    private static IEnumerable<Upload> Under(string source, S3Address prefix)
    {
        if (File.Exists(source))
        {
            return [Upload(source, prefix with { Key = prefix.Key + Path.GetFileName(Path.GetFullPath(source)) })];
        }

        if (!Directory.Exists(source))
        {
            throw new ScarException($"there is no file or directory '{source}'");
        }

        return FilesBelow(source)
            .Order(StringComparer.Ordinal)
            .Select(file => Upload(file, prefix with { Key = prefix.Key + Path.GetRelativePath(source, file) }));
    }

    private static FileSystemEnumerable<string> FilesBelow(string directory) =>
        new(directory, (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(), new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };

    private static Upload Upload(string file, S3Address to) =>
        System.Text.Encoding.UTF8.GetByteCount(to.Key) <= MaxKeyBytes
            ? new Upload(file, to, new FileInfo(file).Length)
            : throw new ScarException($"the key of '{file}' would have more than {MaxKeyBytes} bytes", "take a shorter prefix or path");
}
