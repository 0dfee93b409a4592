using Amazon.S3;
using ScarNet.Cli.Commands;
using ScarNet.Cli.Deploy;
using ScarNet.Cli.Output;
using ScarNet.Core;

namespace ScarNet.Tests.Deploy;

public sealed class ApplyingPlans
{
    private readonly List<string> log = [];

    [Fact]
    public async Task CarriesPrerequisitesOutFirst()
    {
        var a = Creating("a");
        var b = Creating("b", a);
        var c = Creating("c", b);

        await Applier.Apply(new([a, b, c]), null, TestContext.Current.CancellationToken);

        Assert.Equal(["a", "b", "c"], log);
    }

    [Fact]
    public async Task CarriesIndependentStepsOutAtOnce()
    {
        var bothAreThere = new TaskCompletionSource();
        var arrived = 0;
        var steps = new[] { "a", "b" }.Select(name => New(name, [], async (_, cancellation) =>
        {
            if (Interlocked.Increment(ref arrived) == 2)
            {
                bothAreThere.SetResult();
            }

            await bothAreThere.Task.WaitAsync(TimeSpan.FromSeconds(10), cancellation);
        }));

        await Applier.Apply(new([.. steps]), null, TestContext.Current.CancellationToken);

        Assert.Equal(2, arrived);
    }

    [Fact]
    public async Task UndoesTheNewestFirstWhenAStepFails()
    {
        var a = Creating("a");
        var b = Creating("b", a);
        var failing = Failing("c", b);
        var never = Creating("d", failing);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Applier.Apply(new([a, b, failing, never]), null, TestContext.Current.CancellationToken));

        Assert.Equal("c fails", failure.Message);
        Assert.Equal(["a", "b", "undo b", "undo a"], log);
    }

    [Fact]
    public async Task UndoesWhenTheUserInterrupts()
    {
        using var interrupt = new CancellationTokenSource();
        var a = Creating("a");
        var b = New("b", [a], (_, cancellation) =>
        {
            interrupt.Cancel();
            cancellation.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Applier.Apply(new([a, b]), null, interrupt.Token));

        Assert.Equal(["a", "undo a"], log);
    }

    [Fact]
    public async Task LeavesWhatWasCreatedAndSaysSoWithoutRollback()
    {
        var a = Creating("a");

        var failure = await Assert.ThrowsAsync<UnfinishedRunException>(
            () => Applier.Apply(new([a, Failing("b", a)]), null, TestContext.Current.CancellationToken, rollback: false));

        Assert.Equal("b fails; what has been created stays: thing 'a'", failure.Message);
        Assert.Equal(["a"], log);
    }

    [Fact]
    public async Task SaysWhatCouldNotBeUndone()
    {
        var a = New("a", [], (run, _) =>
        {
            run.Created(_ => throw new InvalidOperationException("no right"));
            return Task.CompletedTask;
        });

        var failure = await Assert.ThrowsAsync<UnfinishedRunException>(
            () => Applier.Apply(new([a, Failing("b", a)]), null, TestContext.Current.CancellationToken));

        Assert.Equal("b fails; and what had been created could not all be taken away again: thing 'a' (no right)", failure.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SaysInWordsWhatAwsRefusedAlsoWhereSomethingIsLeft(bool rollback)
    {
        var a = New("a", [], (run, _) =>
        {
            run.Created(_ => throw new InvalidOperationException("no right"));
            return Task.CompletedTask;
        });
        var refused = New("b", [a], (_, _) => throw new AmazonS3Exception("may not") { ErrorCode = "AccessDenied" });
        using var said = new StringWriter();
        var terminal = new Terminal(TextWriter.Null, said, false, false, false);

        var failure = await Record.ExceptionAsync(() => Applier.Apply(new([a, refused]), null, TestContext.Current.CancellationToken, rollback));
        var code = Failures.Report(failure!, terminal, verbose: false);

        Assert.Equal(1, code);
        Assert.StartsWith("scarnet: error: S3 denies access: may not; ", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("thing 'a'", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("give these credentials the permission it names, or use others (--profile); 'scarnet init' again goes on from there", said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivesEachUndoingATimeOfItsOwn()
    {
        var tokens = new List<CancellationToken>();
        var a = Undoing("a", [], tokens.Add);
        var b = Undoing("b", [a], tokens.Add);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Applier.Apply(new([a, b, Failing("c", b)]), null, TestContext.Current.CancellationToken));

        Assert.Equal(2, tokens.Distinct().Count());
    }

    [Fact]
    public async Task StopsUndoingWhenTheUserHasEnoughAndSaysWhatIsLeft()
    {
        using var enough = new CancellationTokenSource();
        var a = Creating("a");
        var b = Undoing("b", [a], cancellation =>
        {
            enough.Cancel();
            cancellation.ThrowIfCancellationRequested();
        });
        var c = Creating("c", b);

        var failure = await Assert.ThrowsAsync<UnfinishedRunException>(
            () => Applier.Apply(new([a, b, c, Failing("d", c)]), null, TestContext.Current.CancellationToken, undoing: () => enough.Token));

        Assert.Equal("d fails; and what had been created could not all be taken away again: thing 'b' (interrupted), thing 'a' (interrupted)", failure.Message);
        Assert.Equal(["a", "c", "undo c"], log);
    }

    [Fact]
    public async Task LeavesAloneWhatIsAsItShouldBe()
    {
        var kept = Creating("a") with { Kind = StepKind.Keep };

        await Applier.Apply(new([kept, Creating("b", kept)]), null, TestContext.Current.CancellationToken);

        Assert.Equal(["b"], log);
    }

    private Step Creating(string name, params Step[] after) => New(name, after, (run, _) =>
    {
        log.Add(name);
        run.Created(_ =>
        {
            log.Add($"undo {name}");
            return Task.CompletedTask;
        });
        return Task.CompletedTask;
    });

    private static Step Undoing(string name, Step[] after, Action<CancellationToken> undo) => New(name, after, (run, _) =>
    {
        run.Created(cancellation =>
        {
            undo(cancellation);
            return Task.CompletedTask;
        });
        return Task.CompletedTask;
    });

    private static Step Failing(string name, params Step[] after) =>
        New(name, after, (_, _) => throw new InvalidOperationException($"{name} fails"));

    private static Step New(string name, Step[] after, Func<StepRun, CancellationToken, Task> action) => new()
    {
        Kind = StepKind.Create,
        Resource = "thing",
        Name = name,
        Reason = "is not there",
        After = after,
        Action = action,
    };
}
