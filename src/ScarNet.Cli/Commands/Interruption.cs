using System.Runtime.InteropServices;

namespace ScarNet.Cli.Commands;

/// <summary>
/// Turns Ctrl-C, SIGTERM and a closed terminal into a token, so that a command ends what it started. A command that has not ended
/// by <see cref="Patience"/> is ended all the same; one that undoes what it has done has all the time it needs, until somebody
/// interrupts that, too.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>Longer than an engine takes to stop.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Signals come to the process: it has one of these.</summary>
    private static Interruption? ofProcess;

    private readonly Lock gate = new();
    private readonly CancellationTokenSource source = new();
    private readonly CancellationTokenSource enough = new();
    private readonly List<PosixSignalRegistration> registrations;
    private readonly TimeProvider clock;
    private readonly Action exit;
    private ITimer? end;
    private bool undoes;

    public Interruption()
        : this(TimeProvider.System, () => Environment.Exit(ExitCode.Interrupted))
    {
        registrations.AddRange(
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Interrupt),
        ]);
        ofProcess = this;
    }

    /// <param name="clock">Measures patience.</param>
    /// <param name="exit">Ends the process.</param>
    internal Interruption(TimeProvider clock, Action exit) => (this.clock, this.exit, registrations) = (clock, exit, []);

    public CancellationToken Token => source.Token;

    /// <summary>Undoing begins: an interruption until now no longer ends the process, the next one ends the undoing.</summary>
    public static CancellationToken WhileUndoing() => ofProcess?.BeginUndoing() ?? CancellationToken.None;

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        lock (gate)
        {
            end?.Dispose();
        }

        source.Dispose();
        enough.Dispose();
    }

    internal CancellationToken BeginUndoing()
    {
        lock (gate)
        {
            undoes = true;
            end?.Dispose();
            end = null;
        }

        return enough.Token;
    }

    internal void Interrupt()
    {
        bool isEnough;
        lock (gate)
        {
            end ??= clock.CreateTimer(_ => exit(), null, Patience, Timeout.InfiniteTimeSpan);
            isEnough = undoes;
        }

        source.Cancel();
        if (isEnough)
        {
            enough.Cancel();
        }
    }

    private void Interrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        Interrupt();
    }
}
