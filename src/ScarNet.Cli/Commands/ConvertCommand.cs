using System.CommandLine;
using ScarNet.Cli.Conversion;
using ScarNet.Cli.Definitions;
using ScarNet.Cli.Output;
using ScarNet.Core;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Commands;

internal static class ConvertCommand
{
    public static DocumentedCommand Create()
    {
        var file = new Argument<string>("FILE") { Description = "function file of SCAR or ScarNet; '-' is standard input" };
        var to = new Option<string?>("--to", "-o") { Description = "file to write, which is not there yet (default: standard output)", HelpName = "OUT" };
        var command = new DocumentedCommand(
            "convert",
            "turn a function file of SCAR into ScarNet's short layout, with everything said that SCAR left unsaid",
            "FILE [-o OUT] [options]",
            "scarnet convert scar-mrbayes.yaml",
            "scarnet convert scar-video.yaml -o pipeline.yaml");
        command.Arguments.Add(file);
        command.Options.Add(to);
        return command.Does((parse, session, cancellation) => Run(parse.GetRequiredValue(file), parse.GetValue(to), session, cancellation));
    }

    private static async Task<int> Run(string name, string? to, Session session, CancellationToken cancellation)
    {
        var directory = Environment.CurrentDirectory;
        var problems = new List<Problem>();
        var texts = DefinitionFiles.Load([name], directory, Console.OpenStandardInput(), problems.Add);
        var target = to is null ? null : Path.GetDirectoryName(Path.GetFullPath(to, directory));
        var converted = texts.Count == 0 ? new(null, problems) : Converter.Convert(texts[0], target ?? texts[0].Directory, File.Exists);
        if (converted.Yaml is not null && to is not null)
        {
            await Write(Path.GetFullPath(to, directory), to, converted.Yaml, cancellation);
        }

        if (session.Options.Json)
        {
            var answer = new ConvertAnswer(to is null ? converted.Yaml : null, converted.Yaml is null ? null : to, [.. converted.Problems.Select(ProblemAnswer.Of)]);
            session.Terminal.Answer(true, answer, AnswerJson.Shapes.ConvertAnswer, _ => "");
        }
        else
        {
            session.Terminal.Report(converted.Problems);
            session.Terminal.Answers.Write(to is null ? converted.Yaml : null);
        }

        return converted.Yaml is null ? ExitCode.Wrong : ExitCode.Done;
    }

    private static async Task Write(string path, string name, string yaml, CancellationToken cancellation)
    {
        if (File.Exists(path))
        {
            throw new ScarException($"'{name}' is there already", "name another file, or take that one away");
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new ScarException($"there is no directory for '{name}'", "make it first");
        }

        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(yaml), cancellation);
    }
}
