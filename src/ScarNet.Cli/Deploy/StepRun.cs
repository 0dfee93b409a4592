using System.Net;
using Amazon.Runtime;

namespace ScarNet.Cli.Deploy;

/// <summary>A step while it is carried out: it says here how to undo what it creates.</summary>
internal sealed class StepRun(Step step, UndoList undos, IProgress<StepProgress>? progress = null)
{
    /// <summary>Tells how far it is, where it takes long.</summary>
    public void Say(string howFar) => progress?.Report(new(step, StepState.Waiting, howFar));

    /// <summary>What is there is undone when this run fails later on, the newest first.</summary>
    public void Created(Func<CancellationToken, Task> undo) => undos.Add(step, undo);

    /// <summary>
    /// Makes a call that creates something. It is undone also when the call fails without an answer, since it may have been carried out
    /// all the same; not when the service refuses it.
    /// </summary>
    /// <param name="create">The call. That the thing exists already is for it to catch: a repeated call says so of its own first try.</param>
    /// <param name="undo">Takes it away; what is not there must not trouble it.</param>
    public async Task<T> Create<T>(Func<Task<T>> create, Func<CancellationToken, Task> undo)
    {
        var added = undos.Add(step, undo);
        try
        {
            return await create();
        }
        catch (AmazonServiceException e) when (e.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
        {
            undos.Remove(added);
            throw;
        }
    }

    /// <inheritdoc cref="Create{T}"/>
    public Task Create(Func<Task> create, Func<CancellationToken, Task> undo) => Create(
        async () =>
        {
            await create();
            return true;
        },
        undo);
}
