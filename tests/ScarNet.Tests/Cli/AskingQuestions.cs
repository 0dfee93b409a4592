using ScarNet.Cli.Commands;

namespace ScarNet.Tests.Cli;

public sealed class AskingQuestions
{
    [Fact]
    public async Task EndsWithTheCommandThoughNobodyAnswers()
    {
        using var interrupt = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        using var silent = new SilentReader();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Question.Line(silent, interrupt.Token));
    }

    [Fact]
    public async Task TakesTheLine()
    {
        using var answer = new StringReader("yes\n");

        Assert.Equal("yes", await Question.Line(answer, TestContext.Current.CancellationToken));
    }

    private sealed class SilentReader : TextReader
    {
        private readonly ManualResetEventSlim line = new();

        public override string? ReadLine()
        {
            line.Wait();
            return null;
        }

        protected override void Dispose(bool disposing)
        {
            line.Set();
            base.Dispose(disposing);
        }
    }
}
