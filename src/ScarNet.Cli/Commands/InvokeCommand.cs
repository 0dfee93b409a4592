using System.CommandLine;

namespace ScarNet.Cli.Commands;

internal static class InvokeCommand
{
    public static DocumentedCommand Create()
    {
        var name = FunctionName.Single();
        var data = new Option<string?>("--data") { Description = "what it is called with: JSON, or a file that holds JSON", HelpName = "FILE|JSON" };
        data.Aliases.Add("-d");
        var parameters = ParameterOption.Create();
        var command = new DocumentedCommand(
            "invoke",
            "call one function now and print what it said; exit 1 when it failed",
            "-n NAME [--data FILE|JSON] [-P NAME=VALUE]... [options]",
            "scarnet invoke --local -n hello --data '{\"name\": \"Ada\"}'");
        command.AddAll([name, data, parameters]);
        return command.Does((parse, session, cancellation) =>
            new Invoke(session).Run(new(parse.GetRequiredValue(name), parse.GetValue(data), ParameterOption.Read(parse.GetValue(parameters))), cancellation));
    }
}

/// <param name="Function">Which.</param>
/// <param name="Data">JSON or the path of a file that holds JSON; null calls it with <c>{}</c>.</param>
/// <param name="Parameters">Values of its parameters.</param>
internal sealed record InvokeRequest(string Function, string? Data, IReadOnlyDictionary<string, string> Parameters);
