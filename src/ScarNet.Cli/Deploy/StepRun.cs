using System.Net;
using Amazon.Runtime;

namespace ScarNet.Cli.Deploy;

/// <summary>A step while it is carried out: it says here how to undo what it creates.</summary>
internal sealed class StepRun(Step step, UndoList undos, IProgress<StepProgress>? progress = null)
{
    /// <summary>What this run has put into buckets.</summary>
    public PutObjects Put => undos.Put;

    /// <summary>Tells how far it is, where it takes long.</summary>
    public void Say(string howFar) => progress?.Report(new(step, StepState.Waiting, howFar));

    /// <summary>Tags of what this run creates: those given, and which run it was.</summary>
    public Dictionary<string, string> Tagged(IReadOnlyDictionary<string, string> tags) => new(tags) { [Tags.Run] = undos.Run };

    /// <summary>Whether it was this run that made what has these tags.</summary>
    public bool HasMade(IReadOnlyDictionary<string, string>? tags) => tags?.GetValueOrDefault(Tags.Run) == undos.Run;

    /// <summary>What hangs on the step's function stays when this run fails: another run made the function, and needs it all.</summary>
    public void Adopt() => undos.Adopt(step.Function!);

    /// <summary>What is there is undone when this run fails later on, the newest first.</summary>
    public void Created(Func<CancellationToken, Task> undo) => undos.Add(step, undo);

    /// <summary>
    /// Makes a call that creates something. It is undone also when the call fails without an answer, since it may have been carried out
    /// all the same; not when the service refuses it.
    /// </summary>
    /// <param name="create">The call. That the thing exists already is for it to catch: a repeated call says so of its own first try.</param>
    /// <param name="undo">Takes it away; what is not there must not trouble it.</param>
    public Task<T> Create<T>(Func<Task<T>> create, Func<CancellationToken, Task> undo) => Make(create, _ => true, undo);

    /// <inheritdoc cref="Create{T}"/>
    public Task Create(Func<Task> create, Func<CancellationToken, Task> undo) => Create(
        async () =>
        {
            await create();
            return true;
        },
        undo);

    /// <summary>As <see cref="Create{T}"/>, where another run may be faster: what that one has made is taken as it is, and stays.</summary>
    /// <param name="create">The call. It says whether it is this run that has made what is there now.</param>
    /// <param name="undo">Takes it away; what is not there must not trouble it.</param>
    public Task<bool> CreateOrAdopt(Func<Task<bool>> create, Func<CancellationToken, Task> undo) => Make(create, isOurs => isOurs, undo);

    private async Task<T> Make<T>(Func<Task<T>> create, Func<T, bool> isOurs, Func<CancellationToken, Task> undo)
    {
        var added = undos.Add(step, undo);
        try
        {
            var made = await create();
            if (!isOurs(made))
            {
                undos.Remove(added);
            }

            return made;
        }
        catch (AmazonServiceException e) when (e.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
        {
            undos.Remove(added);
            throw;
        }
    }
}
