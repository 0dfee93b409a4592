using System.CommandLine;
using ScarNet.Cli.Output;

namespace ScarNet.Cli.Commands;

/// <summary>From the arguments to the exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> Run(IReadOnlyList<string> arguments)
    {
        var root = CommandTree.Create();
        var parse = root.Parse(arguments, new ParserConfiguration
        {
            EnablePosixBundling = false,
            ResponseFileTokenReplacer = null, // a file named @x is a file
        });
        var terminal = Terminal.OfProcess(colors: !parse.GetValue(GlobalOptions.NoColorOption));
        if (parse.Errors.Count > 0 && parse.Action?.ClearsParseErrors != true)
        {
            terminal.Fail(UsageErrors.Describe(parse));
            return PlanCommand.ExitCodeOfUsageError(arguments);
        }

        using var interruption = new Interruption();
        try
        {
            return await parse.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                interruption.Token);
        }
        catch (Exception) when (interruption.Token.IsCancellationRequested)
        {
            terminal.Say("scarnet: interrupted");
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            return Failures.Report(e, terminal, parse.GetValue(GlobalOptions.VerboseOption));
        }
    }
}
