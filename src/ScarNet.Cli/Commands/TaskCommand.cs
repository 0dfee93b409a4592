using System.CommandLine;
using ScarNet.Core;

namespace ScarNet.Cli.Commands;

internal static class TaskCommand
{
    public static DocumentedCommand Create()
    {
        var task = new DocumentedCommand("task", "GA4GH TES task files", "COMMAND", "scarnet task run md5sum.json");
        task.Subcommands.Add(Run());
        return task;
    }

    private static DocumentedCommand Run()
    {
        var source = new Argument<string?>("TASK")
        {
            Description = "task file: a path, s3://, http(s)://, - or base64:…",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var inputs = new Option<string[]>("--input")
        {
            Description = "where the input of that name comes from; may be repeated",
            HelpName = "NAME=URL",
            AllowMultipleArgumentsPerToken = false,
        };
        var outputs = new Option<string[]>("--output-url") { Description = "where the output of that name goes; may be repeated", HelpName = "NAME=URL" };
        var log = new Option<string?>("--log") { Description = "keep the task with its log there, as TES has it", HelpName = "FILE" };
        var readOnly = new Option<bool>("--read-only-root") { Description = "let containers write only where the task says" };
        var cwl = new Option<string?>("--cwl") { Description = "a CWL tool instead of a task, run by cwltool", HelpName = "TOOL" };
        var parameters = new Option<string?>("--params") { Description = "the tool's inputs, and where its outputs go", HelpName = "FILE" };
        var command = new DocumentedCommand(
            "run",
            "carry out a task here, with no server; ends with the failing executor's own exit code",
            "TASK [--input NAME=URL]... [--log FILE] [options] | --cwl TOOL --params FILE [options]",
            "scarnet task run md5sum.json --log log.json",
            "scarnet task run --local align.json --input reads=s3://inbox/a.fastq",
            "scarnet task run --cwl md5sum.cwl --params md5sum.json");
        command.Arguments.Add(source);
        command.AddAll([inputs, outputs, log, readOnly, cwl, parameters]);
        return command.Does((parse, session, cancellation) => new RunTask(session).Run(
            parse.GetValue(cwl) is { } tool
            ? ["cwl", tool, parse.GetValue(parameters) ?? throw new ScarException("--cwl needs --params", "its file says what the inputs are and where outputs go")]
            :
            [
                "task",
                parse.GetValue(source) ?? throw new ScarException("no task is given", "'scarnet task run -h' shows how"),
                .. (parse.GetValue(inputs) ?? []).SelectMany(pair => (string[])["--input", pair]),
                .. (parse.GetValue(outputs) ?? []).SelectMany(pair => (string[])["--output", pair]),
                .. parse.GetValue(log) is { } file ? (string[])["--log", file] : [],
                .. parse.GetValue(readOnly) ? (string[])["--read-only-root"] : [],
            ],
            cancellation));
    }
}
