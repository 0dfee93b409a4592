using System.CommandLine;
using ScarNet.Cli.Transfers;
using ScarNet.Core;

namespace ScarNet.Cli.Commands;

internal static class PutCommand
{
    public static DocumentedCommand Create()
    {
        var words = new Argument<string[]>("FILE... s3://BUCKET/PREFIX/")
        {
            Description = "files and directories (which keep their tree), then where they go",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var bucket = new Option<string?>("--bucket", "-b")
        {
            Description = "where they go, as SCAR has it; the bucket is made when it is missing",
            HelpName = "BUCKET/PREFIX",
        };
        var path = new Option<string[]>("--path", "-p") { Description = "file or directory, with -b", HelpName = "PATH" };
        var command = new DocumentedCommand(
            "put",
            "copy files into a bucket; what is under a trigger starts its function",
            "FILE... s3://BUCKET/PREFIX/ [options]",
            "scarnet put --local photos/*.jpg s3://my-photos/in/",
            "scarnet put --local -b my-photos/in -p photos");
        command.Arguments.Add(words);
        command.Options.Add(bucket);
        command.Options.Add(path);
        return command.Does((parse, session, cancellation) =>
            new Put(session).Run(Request(parse.GetValue(words)!, parse.GetValue(bucket), parse.GetValue(path) ?? []), cancellation));
    }

    /// <exception cref="ScarException">Sources or target are missing.</exception>
    internal static PutRequest Request(string[] words, string? bucket, IReadOnlyList<string> paths)
    {
        if (bucket is not null)
        {
            List<string> all = [.. words, .. paths];
            return all.Count > 0
                ? new PutRequest(all, S3Address.ParseFolder(bucket), MakeBucket: true)
                : throw new ScarException("put: nothing to put", "-p names a file or a directory");
        }

        return words is [.. var sources, var target] && sources.Length + paths.Count > 0 && S3Address.Looks(target)
            ? new PutRequest([.. sources, .. paths], S3Address.Parse(target), MakeBucket: false)
            : throw new ScarException("put: it is not said what goes where", "scarnet put FILE... s3://BUCKET/PREFIX/");
    }
}

/// <param name="Sources">Files and directories.</param>
/// <param name="To">Prefix, or the key of a single file.</param>
/// <param name="MakeBucket">Whether a bucket that is missing is made, as SCAR did.</param>
internal sealed record PutRequest(IReadOnlyList<string> Sources, S3Address To, bool MakeBucket);
