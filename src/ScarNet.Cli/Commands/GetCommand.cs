using System.CommandLine;
using ScarNet.Cli.Transfers;
using ScarNet.Core;

namespace ScarNet.Cli.Commands;

internal static class GetCommand
{
    public static DocumentedCommand Create()
    {
        var words = new Argument<string[]>("s3://BUCKET/PREFIX/ DIR")
        {
            Description = "an object or a prefix, then the directory (default: this one)",
            Arity = new ArgumentArity(0, 2),
        };
        var bucket = new Option<string?>("--bucket", "-b") { Description = "what to get, as SCAR has it", HelpName = "BUCKET/PREFIX" };
        var path = new Option<string?>("--path", "-p")
        {
            Description = "directory, with -b; files keep their whole key below it, as SCAR has it",
            HelpName = "PATH",
        };
        var command = new DocumentedCommand(
            "get",
            "copy objects out of a bucket",
            "s3://BUCKET/PREFIX/ [DIR] [options]",
            "scarnet get --local s3://my-photos/out/ results",
            "scarnet get --local -b my-photos/out -p results");
        command.Arguments.Add(words);
        command.Options.Add(bucket);
        command.Options.Add(path);
        return command.Does((parse, session, cancellation) =>
            new Get(session).Run(Request(parse.GetValue(words)!, parse.GetValue(bucket), parse.GetValue(path)), cancellation));
    }

    /// <exception cref="ScarException">It is not said what to get.</exception>
    internal static GetRequest Request(IReadOnlyList<string> words, string? bucket, string? path) => (bucket, words) switch
    {
        ({ } folder, []) => new GetRequest(S3Address.ParseFolder(folder), path ?? ".", WholeKeys: true),
        (null, [var from]) => new GetRequest(S3Address.Parse(from), path ?? ".", WholeKeys: false),
        (null, [var from, var directory]) when path is null => new GetRequest(S3Address.Parse(from), directory, WholeKeys: false),
        _ => throw new ScarException("get: it is not said what to get and where to", "scarnet get s3://BUCKET/PREFIX/ DIR"),
    };
}

/// <param name="From">An object or a prefix.</param>
/// <param name="Directory">Where the files go; made when missing.</param>
/// <param name="WholeKeys">Whether paths are whole keys, as with SCAR, or what follows the prefix.</param>
internal sealed record GetRequest(S3Address From, string Directory, bool WholeKeys);
