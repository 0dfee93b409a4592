namespace ScarNet.Core.Tasks;

/// <summary>States of a task, by TES's names: <see cref="TesStates.Name"/>.</summary>
public enum TesState
{
    Unknown,
    Queued,
    Initializing,
    Running,
    Paused,
    Complete,

    /// <summary>A command of the task failed.</summary>
    ExecutorError,

    /// <summary>What the commands need, or their results, could not be provided.</summary>
    SystemError,
    Canceled,
    Preempted,
    Canceling,
}

/// <summary>How states are written, and which may follow which.</summary>
public static class TesStates
{
    public static string Name(TesState state) => state switch
    {
        TesState.ExecutorError => "EXECUTOR_ERROR",
        TesState.SystemError => "SYSTEM_ERROR",
        _ => state.ToString().ToUpperInvariant(),
    };

    /// <summary>Null when there is no such state.</summary>
    public static TesState? Parse(string name)
    {
        foreach (var state in Enum.GetValues<TesState>())
        {
            if (Name(state) == name)
            {
                return state;
            }
        }

        return null;
    }

    /// <summary>Whether nothing follows.</summary>
    public static bool IsFinal(TesState state) =>
        state is TesState.Complete or TesState.ExecutorError or TesState.SystemError or TesState.Canceled or TesState.Preempted;

    /// <summary>Whether a task may go from one state to the other. A final state is never left, and no work begins twice.</summary>
    public static bool MayFollow(TesState from, TesState to) => !IsFinal(from) && to switch
    {
        TesState.Queued => from == TesState.Unknown,
        TesState.Initializing => from is TesState.Unknown or TesState.Queued,
        TesState.Running => from is TesState.Initializing or TesState.Paused,
        TesState.Paused => from == TesState.Running,
        TesState.Complete or TesState.ExecutorError => from is TesState.Running or TesState.Canceling,
        TesState.Canceling => from != TesState.Canceling,
        TesState.SystemError or TesState.Canceled or TesState.Preempted => true,
        _ => false,
    };
}
