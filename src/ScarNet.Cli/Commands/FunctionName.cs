using System.CommandLine;

namespace ScarNet.Cli.Commands;

/// <summary>The <c>-n</c> of commands about functions that are there.</summary>
internal static class FunctionName
{
    public static Option<string[]> Option(bool required) => new("--name", "-n")
    {
        Description = "function; may be given several times",
        HelpName = "NAME",
        Required = required,
        Arity = ArgumentArity.OneOrMore,
    };

    public static Option<string> Single() => new("--name", "-n") { Description = "function", HelpName = "NAME", Required = true };
}
