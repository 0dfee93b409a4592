using System.Text;

namespace ScarNet.Cli.Local;

/// <summary>What a background engine said: <c>engine.log</c> in its data directory.</summary>
internal static class EngineLog
{
    public const string FileName = "engine.log";

    public static string In(string dataDirectory) => Path.Join(dataDirectory, FileName);

    /// <summary>The last lines after an offset; empty when there is no log.</summary>
    public static IReadOnlyList<string> Tail(string dataDirectory, long offset, int lines)
    {
        var file = In(dataDirectory);
        if (!File.Exists(file))
        {
            return [];
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(Math.Max(offset, stream.Length - (256 * lines)), SeekOrigin.Begin);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(lines)];
    }

    public static long Length(string dataDirectory) => File.Exists(In(dataDirectory)) ? new FileInfo(In(dataDirectory)).Length : 0;
}
