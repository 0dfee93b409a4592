using System.CommandLine;
using ScarNet.Core;

namespace ScarNet.Cli.Commands;

internal static class BootstrapCommand
{
    /// <summary>Name of the foundation's stack where no other is given.</summary>
    public const string DefaultStack = "scarnet";

    /// <param name="description">What it is for.</param>
    public static Option<string> StackOption(string description) => new("--stack-name")
    {
        Description = description,
        HelpName = "NAME",
        DefaultValueFactory = _ => DefaultStack,
    };

    public static DocumentedCommand Create()
    {
        var stack = StackOption("name of the CloudFormation stack");
        var parameters = new Option<string[]>("--parameter")
        {
            Description = "value of a parameter of serverless.template; those left out stay as they are; as often as needed",
            HelpName = "NAME=VALUE",
        };
        var show = new Option<bool>("--show") { Description = "show what would change, and change nothing" };
        var yes = new Option<bool>("--yes", "-y") { Description = "do not ask" };
        var command = new DocumentedCommand(
            "bootstrap",
            "make or update what an account needs once in a region; shows it first and asks",
            "[options]",
            "scarnet bootstrap --region eu-west-1",
            "scarnet bootstrap --parameter Subnets=subnet-1,subnet-2 --parameter SecurityGroups=sg-1 --yes",
            "scarnet bootstrap --show");
        command.AddAll([stack, parameters, show, yes]);
        return command.Does((parse, session, cancellation) => new Bootstrap(session).Run(
            new(parse.GetRequiredValue(stack), Read(parse.GetValue(parameters) ?? []), parse.GetValue(show), parse.GetValue(yes)), cancellation));
    }

    private static Dictionary<string, string> Read(string[] given)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in given)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !values.TryAdd(text[..equals], text[(equals + 1)..]))
            {
                throw new ScarException($"--parameter '{text}' gives no parameter a value, or a second one", "--parameter NAME=VALUE, once for each");
            }
        }

        return values;
    }
}

/// <param name="StackName">Of the stack.</param>
/// <param name="Parameters">Name → value, as given.</param>
/// <param name="Show">Whether to change nothing.</param>
/// <param name="Yes">Whether not to ask.</param>
internal sealed record BootstrapRequest(string StackName, IReadOnlyDictionary<string, string> Parameters, bool Show, bool Yes);
