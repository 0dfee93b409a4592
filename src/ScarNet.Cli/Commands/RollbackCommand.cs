using System.CommandLine;
using ScarNet.Core;

namespace ScarNet.Cli.Commands;

internal static class RollbackCommand
{
    public static DocumentedCommand Create()
    {
        var functions = new Argument<string[]>("FUNCTION") { Description = "which functions (default: all of the file)", Arity = ArgumentArity.ZeroOrMore };
        var files = PipelineFiles.Option(required: false, takesSeveral: false);
        var names = FunctionName.Option(required: false);
        var to = new Option<string?>("--to") { Description = "version to go to, of one function (default: the one before)", HelpName = "VERSION" };
        var yes = new Option<bool>("--yes", "-y") { Description = "do not ask" };
        var command = new DocumentedCommand(
            "rollback",
            "go back to functions as an earlier 'init' left them; shows it first and asks",
            "-f FILE [FUNCTION...] | -n NAME [--to VERSION] [options]",
            "scarnet rollback --local -f pipeline.yaml",
            "scarnet rollback --local -n grayify --to 3 --yes");
        command.Add(functions);
        command.AddAll([files, names, to, yes]);
        return command.Does((parse, session, cancellation) => new GoingBack(session).Run(
            Request(
                parse.GetValue(files) ?? [], parse.GetValue(functions) ?? [], parse.GetValue(names) ?? [], parse.GetValue(to), parse.GetValue(yes)),
            cancellation));
    }

    private static RollbackRequest Request(string[] files, string[] functions, string[] names, string? to, bool yes) =>
        files.Length + functions.Length + names.Length == 0
            ? throw new ScarException("rollback: it is not said what to roll back", "-f names a function file, or -n a function")
            : new(files, [.. functions.Concat(names).Distinct()], to, yes);
}

/// <param name="Files">Function files; empty when functions are known by name alone.</param>
/// <param name="Names">Which functions; none is all of the files.</param>
/// <param name="To">Version; null is the one before.</param>
/// <param name="Yes">Whether not to ask.</param>
internal sealed record RollbackRequest(IReadOnlyList<string> Files, IReadOnlyList<string> Names, string? To, bool Yes);
