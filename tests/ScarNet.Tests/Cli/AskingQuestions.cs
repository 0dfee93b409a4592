using ScarNet.Cli.Commands;

namespace ScarNet.Tests.Cli;

public sealed class AskingQuestions
{
    [Fact]
    public async Task EndsWithTheCommandThoughNobodyAnswers()
    {
        using var interrupt = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        using var line = new ManualResetEventSlim();
        using var silent = new SilentReader(line);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Question.Line(silent, interrupt.Token));

        line.Set();
    }

    [Fact]
    public async Task TakesTheLine()
    {
        using var answer = new StringReader("yes\n");

        Assert.Equal("yes", await Question.Line(answer, TestContext.Current.CancellationToken));
    }

    private sealed class SilentReader(ManualResetEventSlim line) : TextReader
    {
        public override string? ReadLine()
        {
            line.Wait(TimeSpan.FromSeconds(30));
            return null;
        }
    }
}
