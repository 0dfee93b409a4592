using System.Runtime.InteropServices;

namespace ScarNet.Cli.Commands;

/// <summary>
/// Turns Ctrl-C, SIGTERM and a closed terminal into a token, so that a command ends what it started. A command that has not ended
/// by <see cref="Patience"/> is ended all the same.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>Longer than an engine takes to stop.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations;
    private Timer? end;

    public Interruption() =>
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Interrupt),
        ];

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        end?.Dispose();
        source.Dispose();
    }

    private void Interrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        end ??= new Timer(_ => Environment.Exit(ExitCode.Interrupted), null, Patience, Timeout.InfiniteTimeSpan);
        source.Cancel();
    }
}
