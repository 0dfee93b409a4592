using System.CommandLine;

namespace ScarNet.Cli.Commands;

internal static class LogCommand
{
    public static DocumentedCommand Create()
    {
        var name = FunctionName.Single();
        var follow = new Option<bool>("--follow") { Description = "go on with what is added, until Ctrl-C" };
        var since = Duration.Option("--since", "how far back, such as 90s, 10m, 1h, 2d (default: everything)");
        var run = new Option<string?>("--run", "-ri")
        {
            Description = "only one run: its id (or how that begins), its Lambda request id or its Batch job id",
            HelpName = "ID",
        };
        var command = new DocumentedCommand(
            "log",
            "print what a function said, in Lambda and in Batch alike, by time",
            "-n NAME [options]",
            "scarnet log --local -n grayify --since 1h",
            "scarnet log --local -n grayify --follow");
        command.AddAll([name, follow, since, run]);
        return command.Does((parse, session, cancellation) => new Log(session).Run(
            new(parse.GetRequiredValue(name), parse.GetValue(follow), parse.GetValue(since), parse.GetValue(run)), cancellation));
    }
}

/// <param name="Function">Whose.</param>
/// <param name="Follow">Whether to go on with what is added.</param>
/// <param name="Since">How far back; null is everything.</param>
/// <param name="Run">Run id (or its beginning), Lambda request id or Batch job id; null is every run.</param>
internal sealed record LogRequest(string Function, bool Follow, TimeSpan? Since, string? Run);
