using System.CommandLine;
using ScarNet.Core;

namespace ScarNet.Cli.Commands;

internal static class RemoveCommand
{
    public static DocumentedCommand Create()
    {
        var files = PipelineFiles.Option(required: false);
        var names = FunctionName.Option(required: false);
        var buckets = new Option<bool>("--delete-buckets") { Description = "remove their buckets too, with everything in them" };
        var yes = new Option<bool>("--yes", "-y") { Description = "do not ask" };
        var command = new DocumentedCommand(
            "rm",
            "remove what 'init' made; buckets and what is in them stay",
            "-f FILE | -n NAME [options]",
            "scarnet rm --local -f pipeline.yaml",
            "scarnet rm --local -n grayify --yes");
        command.AddAll([files, names, buckets, yes]);
        return command.Does((parse, session, cancellation) => new Removal(session).Run(
            Request(parse.GetValue(files) ?? [], parse.GetValue(names) ?? [], parse.GetValue(buckets), parse.GetValue(yes)), cancellation));
    }

    private static RemoveRequest Request(string[] files, string[] names, bool deleteBuckets, bool yes) =>
        files.Length > 0 != names.Length > 0
            ? new RemoveRequest(files, names, deleteBuckets, yes)
            : throw new ScarException("rm: it is not said what to remove", "-f names a function file, or -n a function");
}

/// <param name="Files">Function files; empty when names are given.</param>
/// <param name="Names">Functions; empty when files are given.</param>
/// <param name="DeleteBuckets">Whether input and output buckets go too.</param>
/// <param name="Yes">Whether not to ask.</param>
internal sealed record RemoveRequest(IReadOnlyList<string> Files, IReadOnlyList<string> Names, bool DeleteBuckets, bool Yes);
