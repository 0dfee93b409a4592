namespace ScarNet.Local.Processes;

/// <summary>How a process ended.</summary>
/// <param name="ExitCode">Its exit code, or 128 + the signal that killed it.</param>
/// <param name="OutOfMemory">Whether it was killed for passing its memory limit.</param>
/// <param name="PeakMemoryBytes">Most resident memory that was seen of its whole tree.</param>
public sealed record ProcessEnd(int ExitCode, bool OutOfMemory, long PeakMemoryBytes)
{
    private const int SignalBase = 128;
    private const int LastSignal = 64;

    /// <summary>As Lambda words it: 'exit status 1', 'signal: killed'.</summary>
    public string Describe() => ExitCode switch
    {
        > SignalBase and <= SignalBase + LastSignal => $"signal: {SignalName(ExitCode - SignalBase)}",
        _ => $"exit status {ExitCode}",
    };

    private static string SignalName(int signal) => signal switch
    {
        1 => "hangup",
        2 => "interrupt",
        3 => "quit",
        4 => "illegal instruction",
        6 => "aborted",
        7 => "bus error",
        8 => "floating point exception",
        9 => "killed",
        11 => "segmentation fault",
        13 => "broken pipe",
        14 => "alarm clock",
        15 => "terminated",
        _ => $"signal {signal}",
    };
}
