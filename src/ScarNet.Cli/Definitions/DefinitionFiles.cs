using System.Text;
using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Definitions;

/// <summary>Takes function files from the disk or from standard input.</summary>
public static class DefinitionFiles
{
    /// <summary>Standard input's name on the command line.</summary>
    public const string StandardInput = "-";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Loads and reads files: what <see cref="Load"/> could not take and what is wrong in the rest, together.</summary>
    public static ReadResult Read(IReadOnlyList<string> paths, string workingDirectory, Stream standardInput, DefinitionDefaults defaults)
    {
        var problems = new List<Problem>();
        var texts = Load(paths, workingDirectory, standardInput, problems.Add);
        var read = DefinitionReader.Read(texts, defaults);
        return problems.Count == 0 ? read : new ReadResult(null, [.. problems, .. read.Problems]);
    }

    /// <param name="paths">As the person named them; <c>-</c> is standard input. One that is named twice is taken once.</param>
    /// <param name="workingDirectory">Absolute path that relative ones start from; also those inside standard input.</param>
    /// <param name="standardInput">Read when asked for, to its end or past the size limit.</param>
    /// <param name="report">Takes what is wrong with a file that is left out.</param>
    public static IReadOnlyList<DefinitionText> Load(
        IReadOnlyList<string> paths, string workingDirectory, Stream standardInput, Action<Problem> report)
    {
        var texts = new List<DefinitionText>();
        foreach (var name in paths.Distinct())
        {
            try
            {
                texts.Add(name == StandardInput
                    ? new DefinitionText(name, workingDirectory, ReadBounded(standardInput))
                    : LoadFile(name, Path.GetFullPath(name, workingDirectory)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
            {
                report(new Problem(new Place(name, 0, 0), Reason(e), e is FileNotFoundException ? "-f names a function file, or - for standard input" : null));
            }
        }

        return texts;
    }

    /// <summary>One file; the exceptions of the file system pass.</summary>
    internal static DefinitionText LoadFile(string name, string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new DefinitionText(name, Path.GetDirectoryName(path)!, ReadBounded(stream));
    }

    /// <summary>Reads one byte more than a function file may have: the reader then says that it is too large.</summary>
    private static string ReadBounded(Stream stream)
    {
        var buffer = new byte[YamlLimits.MaxBytes + 1];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (length == buffer.Length)
        {
            return new string(' ', buffer.Length);
        }

        var start = buffer.AsSpan(0, length).StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        return Strict.GetString(buffer, start, length - start);
    }

    private static string Reason(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "this is no file that may be read",
        DecoderFallbackException => "the file is not UTF-8 text",
        _ => $"the file cannot be read: {e.Message}",
    };
}
