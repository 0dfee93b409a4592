namespace ScarNet.Local.Status;

/// <summary>Tells those who wait for it that the engine's status has changed. Thread-safe.</summary>
public sealed class Activity
{
    private readonly Lock gate = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Something has begun, ended, or been added to a queue; call it after the change is visible.</summary>
    public void Changed()
    {
        TaskCompletionSource old;
        lock (gate)
        {
            old = changed;
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        old.TrySetResult();
    }

    /// <summary>Completes at the next change after this call.</summary>
    public Task Next()
    {
        lock (gate)
        {
            return changed.Task;
        }
    }
}
