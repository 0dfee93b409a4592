using ScarNet.Cli.Output;
using ScarNet.Core;

namespace ScarNet.Cli.Commands;

/// <summary>Asks before something is lost.</summary>
internal static class Question
{
    /// <summary>Returns when the answer is yes. Never asks when nobody sits there to answer.</summary>
    /// <exception cref="ScarException">The answer is no, or nobody can be asked and <c>--yes</c> was not given.</exception>
    /// <exception cref="OperationCanceledException">The command was interrupted instead.</exception>
    public static async Task Confirm(Terminal terminal, string question, bool yes, CancellationToken cancellation)
    {
        if (yes)
        {
            return;
        }

        if (Console.IsInputRedirected || !terminal.TalkIsSeen)
        {
            throw new ScarException("this asks first, and there is no terminal to ask on", "--yes says yes");
        }

        terminal.Talk.Write($"{question} [y/N] ");
        if ((await Line(Console.In, cancellation))?.Trim() is not ("y" or "Y" or "yes"))
        {
            throw new ScarException("nothing was done");
        }
    }

    // A terminal's line is waited for on a thread that nothing ends: it is left behind when the command is interrupted.
    internal static async Task<string?> Line(TextReader input, CancellationToken cancellation) =>
        await Task.Factory.StartNew(input.ReadLine, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(cancellation);
}
