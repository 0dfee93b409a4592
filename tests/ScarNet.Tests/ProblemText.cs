using ScarNet.Cli.Output;
using ScarNet.Core.Functions;

namespace ScarNet.Tests;

/// <summary>Problems as the terminal shows them.</summary>
internal static class ProblemText
{
    public static string Format(IEnumerable<Problem> problems)
    {
        using var talk = new StringWriter();
        new Terminal(TextWriter.Null, talk, answersAreSeen: false, talkIsSeen: false, colors: false).Report(problems);
        return talk.ToString();
    }
}
