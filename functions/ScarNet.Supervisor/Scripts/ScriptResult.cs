using System.Text.Json.Serialization;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Scripts;

/// <summary>How a script ended.</summary>
/// <param name="ExitCode">Its own, or 128 and the signal that ended it.</param>
/// <param name="TimedOut">Whether it was ended at its deadline.</param>
/// <param name="Interrupted">Whether it was ended because the supervisor was told to end.</param>
/// <param name="Leftovers">Processes it left behind, which were killed.</param>
/// <param name="Took">From its start to its end.</param>
internal sealed record ScriptResult(int ExitCode, bool TimedOut, bool Interrupted, int Leftovers, TimeSpan Took)
{
    /// <summary>The command that ran last, for messages; null when the script is no list of commands.</summary>
    public string? Command { get; init; }

    /// <summary>What ended with the exit code, for messages.</summary>
    public string Ended => Command ?? "the script";

    /// <summary>The limit at which the kernel killed a process of it; null when it did not, or nobody can tell.</summary>
    public long? OutOfMemoryMiB { get; init; }

    /// <summary>What is wrong although it ended by itself, or could not be told by an exit code; null when nothing is.</summary>
    [JsonIgnore] // of scripts, which alone are handed from one container to another, there is none
    public RunFailure? Failure { get; init; }

    /// <summary>What it has brought away itself; null when its files are still to be looked for.</summary>
    [JsonIgnore] // as above
    public IReadOnlyList<RunOutput>? Published { get; init; }

    /// <summary>The last it wrote to standard error; null when that is nothing.</summary>
    public string? ErrorTail { get; init; }
}
