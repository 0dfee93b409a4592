using System.Net.Sockets;
using ScarNet.Aws;
using ScarNet.Cli.Deploy;
using ScarNet.Cli.Output;
using ScarNet.Core;

namespace ScarNet.Cli.Commands;

/// <summary>What became of an exception that no command could do anything about.</summary>
internal static class Failures
{
    /// <returns>The exit code.</returns>
    public static int Report(Exception failure, Terminal terminal, bool verbose)
    {
        var (code, explained) = Explain(failure);
        terminal.Fail(explained);
        if (verbose)
        {
            terminal.Say(failure.ToString());
        }

        return code;
    }

    private static (int Code, ScarException Explained) Explain(Exception failure) => failure switch
    {
        ScarException e => (ExitCode.Wrong, e),
        UnfinishedRunException e => (ExitCode.Failed, new(e.Message, e.Hint)),
        AggregateException { InnerExceptions: [var only] } => Explain(only),
        _ when AwsErrors.Explain(failure) is { } explained => (ExitCode.Failed, explained),
        SocketException => (ExitCode.Failed, new(OneLine(failure), "is the endpoint right and running?")),
        IOException or UnauthorizedAccessException => (ExitCode.Failed, new(OneLine(failure))),
        TimeoutException => (ExitCode.Failed, new(OneLine(failure))),
        _ => (ExitCode.Bug, new($"{failure.GetType().Name}: {OneLine(failure)}", "this is a bug in scarnet; --verbose shows where")),
    };

    private static string OneLine(Exception e) => e.Message.ReplaceLineEndings(" ").TrimEnd('.');
}
