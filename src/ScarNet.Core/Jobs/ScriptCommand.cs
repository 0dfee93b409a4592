using System.Text;

namespace ScarNet.Core.Jobs;

/// <summary>How a script is started.</summary>
/// <param name="Content">The bytes to run: the script's own, with its line ends mended.</param>
/// <param name="Interpreter">
/// The program that reads the script, and at most one argument of it, from its shebang line as the kernel would read it; empty when the
/// script is a program itself.
/// </param>
public sealed record ScriptCommand(ReadOnlyMemory<byte> Content, IReadOnlyList<string> Interpreter)
{
    private const string DefaultInterpreter = "/bin/sh";

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> ElfMagic => [0x7F, (byte)'E', (byte)'L', (byte)'F'];

    /// <summary>The argument vector once the content is in a file.</summary>
    public IReadOnlyList<string> Arguments(string file, IReadOnlyList<string> arguments) => [.. Interpreter, file, .. arguments];

    public static ScriptCommand Of(ReadOnlyMemory<byte> script)
    {
        if (script.Span.StartsWith(ElfMagic))
        {
            return new(script, []);
        }

        if (!script.Span.Contains((byte)0))
        {
            script = Mend(script);
        }

        return new(script, InterpreterOf(script.Span));
    }

    // CRLF makes the kernel look for '/bin/bash\r', a byte order mark hides the shebang: both come from editors on Windows.
    private static ReadOnlyMemory<byte> Mend(ReadOnlyMemory<byte> script)
    {
        if (script.Span.StartsWith(ByteOrderMark))
        {
            script = script[ByteOrderMark.Length..];
        }

        if (script.Span.IndexOf("\r\n"u8) < 0)
        {
            return script;
        }

        var source = script.Span;
        var mended = new byte[source.Length];
        var length = 0;
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] != '\r' || i + 1 == source.Length || source[i + 1] != '\n')
            {
                mended[length++] = source[i];
            }
        }

        return mended.AsMemory(0, length);
    }

    private static IReadOnlyList<string> InterpreterOf(ReadOnlySpan<byte> script)
    {
        if (!script.StartsWith("#!"u8))
        {
            return [DefaultInterpreter];
        }

        var end = script.IndexOf((byte)'\n');
        var line = Encoding.UTF8.GetString(end < 0 ? script[2..] : script[2..end]).Trim(' ', '\t', '\r');
        var space = line.AsSpan().IndexOfAny(' ', '\t');
        return (line, space) switch
        {
            ("", _) => [DefaultInterpreter],
            (_, < 0) => [line],
            _ => [line[..space], line[space..].Trim(' ', '\t')],
        };
    }
}
