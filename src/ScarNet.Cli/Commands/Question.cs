using ScarNet.Cli.Output;
using ScarNet.Core;

namespace ScarNet.Cli.Commands;

/// <summary>Asks before something is lost.</summary>
internal static class Question
{
    /// <summary>Returns when the answer is yes. Never asks when nobody sits there to answer.</summary>
    /// <exception cref="ScarException">The answer is no, or nobody can be asked and <c>--yes</c> was not given.</exception>
    public static void Confirm(Terminal terminal, string question, bool yes)
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
        if (Console.In.ReadLine()?.Trim() is not ("y" or "Y" or "yes"))
        {
            throw new ScarException("nothing was done");
        }
    }
}
