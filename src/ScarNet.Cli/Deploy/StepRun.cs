namespace ScarNet.Cli.Deploy;

/// <summary>A step while it is carried out: it says here how to undo what it has created, as soon as it is there.</summary>
internal sealed class StepRun(Step step, Stack<(Step Step, Func<CancellationToken, Task> Undo)> undos)
{
    /// <summary>Called when this run fails later on, the newest first.</summary>
    public void Created(Func<CancellationToken, Task> undo)
    {
        lock (undos)
        {
            undos.Push((step, undo));
        }
    }
}
