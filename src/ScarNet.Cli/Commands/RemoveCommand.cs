using System.CommandLine;
using ScarNet.Cli.Deploy;
using ScarNet.Core;

namespace ScarNet.Cli.Commands;

internal static class RemoveCommand
{
    public static DocumentedCommand Create()
    {
        var files = PipelineFiles.Option(required: false);
        var names = FunctionName.Option(required: false);
        var buckets = new Option<bool>("--delete-buckets") { Description = "remove their buckets too, with everything in them" };
        var drain = new Option<bool>("--drain") { Description = "wait for jobs that have not ended instead of cancelling them" };
        var keepJobs = new Option<bool>("--keep-jobs") { Description = "leave jobs that have not ended alone, and what they stand on" };
        var yes = new Option<bool>("--yes", "-y") { Description = "do not ask" };
        var command = new DocumentedCommand(
            "rm",
            "remove what 'init' made; buckets and what is in them stay",
            "-f FILE | -n NAME [options]",
            "scarnet rm --local -f pipeline.yaml",
            "scarnet rm --local -n grayify --yes");
        command.AddAll([files, names, buckets, drain, keepJobs, yes]);
        return command.Does((parse, session, cancellation) => new Removal(session).Run(
            Request(
                parse.GetValue(files) ?? [],
                parse.GetValue(names) ?? [],
                parse.GetValue(buckets),
                Fate(parse.GetValue(drain), parse.GetValue(keepJobs)),
                parse.GetValue(yes)),
            cancellation));
    }

    private static RemoveRequest Request(string[] files, string[] names, bool deleteBuckets, JobFate jobs, bool yes) =>
        files.Length > 0 != names.Length > 0
            ? new RemoveRequest(files, names, deleteBuckets, jobs, yes)
            : throw new ScarException("rm: it is not said what to remove", "-f names a function file, or -n a function");

    private static JobFate Fate(bool drain, bool keep) => (drain, keep) switch
    {
        (true, true) => throw new ScarException("rm: --drain and --keep-jobs exclude each other", "--drain waits for jobs and then removes all, --keep-jobs leaves what they stand on"),
        (true, false) => JobFate.Drain,
        (false, true) => JobFate.Keep,
        _ => JobFate.Cancel,
    };
}

/// <param name="Files">Function files; empty when names are given.</param>
/// <param name="Names">Functions; empty when files are given.</param>
/// <param name="DeleteBuckets">Whether input and output buckets go too.</param>
/// <param name="Jobs">What becomes of jobs that have not ended.</param>
/// <param name="Yes">Whether not to ask.</param>
internal sealed record RemoveRequest(IReadOnlyList<string> Files, IReadOnlyList<string> Names, bool DeleteBuckets, JobFate Jobs, bool Yes);
