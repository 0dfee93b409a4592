using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScarNet.Core;
using ScarNet.Core.Functions;
using Spectre.Console;

namespace ScarNet.Cli.Output;

/// <summary>
/// The two streams: answers go to standard output, talk to standard error. Takes text, never markup, so a key with brackets is
/// just a key. Thread-safe by line.
/// </summary>
internal sealed class Terminal(TextWriter answers, TextWriter talk, bool answersAreSeen, bool talkIsSeen, bool colors)
{
    // Codes of ECMA-48's "select graphic rendition".
    private const int Red = 31;
    private const int Yellow = 33;
    private const int Cyan = 36;

    /// <summary>Whether somebody watches standard error: then progress may be drawn.</summary>
    public bool TalkIsSeen => talkIsSeen;

    /// <summary>Whether somebody watches standard output.</summary>
    public bool AnswersAreSeen => answersAreSeen;

    /// <summary>Columns of the terminal that answers go to; null when they go elsewhere.</summary>
    public int? AnswerWidth => answersAreSeen ? Console.WindowWidth : null;

    public TextWriter Answers => answers;

    public TextWriter Talk => talk;

    public static Terminal OfProcess(bool colors) => new(
        Console.Out,
        Console.Error,
        !Console.IsOutputRedirected,
        !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"),
        colors && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));

    public void Answer(string line) => answers.WriteLine(line);

    /// <summary>One answer: a JSON object with <c>--output json</c>, else text made of the same fields.</summary>
    public void Answer<T>(bool json, T answer, JsonTypeInfo<T> shape, Func<T, string> text) =>
        answers.WriteLine(json ? JsonSerializer.Serialize(answer, shape) : text(answer));

    public void Say(string line) => talk.WriteLine(line);

    public void Warn(string message) => Tell("warning:", Yellow, message);

    /// <summary>Everything that is wrong with function files.</summary>
    public void Report(IEnumerable<Problem> problems)
    {
        foreach (var problem in problems)
        {
            var text = problem.Place is null ? problem.Message : $"{problem.Place}: {problem.Message}";
            Tell(problem.IsWarning ? "warning:" : "error:", problem.IsWarning ? Yellow : Red, text);
            Hint(problem.Hint);
        }
    }

    public void Fail(ScarException problem) => Fail(problem.Message, problem.Hint);

    public void Fail(string message, string? hint)
    {
        foreach (var line in message.Split('\n'))
        {
            Tell("error:", Red, line);
        }

        Hint(hint);
    }

    /// <summary>Shows how far a transfer is while it goes on: a bar for eyes, a line for each file for everything else.</summary>
    /// <param name="title">What is transferred.</param>
    /// <param name="bytes">All of it.</param>
    /// <param name="work">The transfer.</param>
    /// <param name="lines">Whether the lines are wanted, where there is no bar.</param>
    public Task<T> Transfer<T>(string title, long bytes, Func<ITransferMeter, Task<T>> work, bool lines = true) =>
        talkIsSeen ? TransferBar.Show(this, title, bytes, work) : work(new TransferLines(lines ? this : null));

    /// <summary>Shows how far functions are while the work goes on: a table for eyes, lines for everything else.</summary>
    public async Task<T> Watch<T>(TimeProvider clock, Func<IFunctionBoard, Task<T>> work)
    {
        if (talkIsSeen)
        {
            return await FunctionTable.Show(this, work);
        }

        var lines = new FunctionLines(this, clock);
        var result = await work(lines);
        lines.Finish();
        return result;
    }

    /// <summary>Standard error as Spectre.Console draws on it. Only for things that move; only when somebody watches.</summary>
    public IAnsiConsole Screen() => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(talk),
        Ansi = talkIsSeen ? AnsiSupport.Yes : AnsiSupport.No,
        ColorSystem = talkIsSeen && colors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
        Interactive = talkIsSeen ? InteractionSupport.Yes : InteractionSupport.No,
    });

    private void Hint(string? hint)
    {
        if (hint is not null)
        {
            Tell("hint:", Cyan, hint);
        }
    }

    private void Tell(string level, int color, string text) =>
        talk.WriteLine($"scarnet: {(talkIsSeen && colors ? $"\e[{color}m{level}\e[0m" : level)} {Printable.Of(text)}");
}
