using Amazon.Runtime;
using ScarNet.Aws.Batch.Model;
using ScarNet.Core;

namespace ScarNet.Cli.Deploy;

/// <summary>Compute environments. Each change takes its time at Batch, and the next one has to wait for it.</summary>
internal sealed class ComputeEnvironments(Target target)
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Batch ends the machines first, or the jobs of a queue.</summary>
    public static readonly TimeSpan LongestRemoval = TimeSpan.FromMinutes(10);

    public const string Creating = "CREATING";
    public const string Updating = "UPDATING";
    public const string Deleting = "DELETING";
    public const string Disabled = "DISABLED";

    /// <param name="plan">As it should be.</param>
    /// <param name="current">As it is; null when it is not there.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="ofTemplate">What is new in its launch template.</param>
    /// <param name="after">The template.</param>
    public Step Plan(
        ComputePlan plan, ComputeEnvironmentDetail? current, Dictionary<string, string> tags, IEnumerable<StepChange> ofTemplate, IReadOnlyList<Step> after)
    {
        var step = new Step
        {
            Kind = StepKind.Keep,
            Resource = "compute environment",
            Name = plan.Name,
            Function = plan.Function,
            Reason = "is as it should be",
            After = after,
        };
        if (current is null || IsGoing(current))
        {
            return step with
            {
                Kind = StepKind.Create,
                Reason = $"runs jobs on up to {plan.MaxVcpus} vCPUs",
                Action = (run, ct) => Create(plan, tags, run, ct),
            };
        }

        Tags.Check(step.Resource, plan.Name, current.Tags, plan.Function);
        var update = ComputeUpdate.Of(plan, plan.Resources(), current);
        var missing = Tags.Missing(current.Tags, tags);
        return update.Changes.Count + missing.Count == 0 ? step : step with
        {
            Kind = StepKind.Update,
            Reason = update.Changes.Count > 0 ? update.Reason : "its tags have changed",
            Changes = [.. update.Changes, .. update.ReplacesMachines ? ofTemplate : [], .. Tags.Changes(current.Tags, missing)],
            Action = async (_, ct) =>
            {
                if (update.Changes.Count > 0)
                {
                    await Update(update.Request, ct);
                    await Valid(plan.Name, mayGoOn: update.ReplacesMachines, ct);
                }

                if (missing.Count > 0)
                {
                    await target.Clients.Batch.TagResourceAsync(new TagResourceRequest { ResourceArn = current.ComputeEnvironmentArn!, Tags = missing }, ct);
                }
            },
        };
    }

    /// <summary>Whether Batch is taking it away, which takes minutes. Its name is not free until then.</summary>
    public static bool IsGoing(ComputeEnvironmentDetail environment) => environment.Status == Deleting;

    /// <summary>Also one that is going; null when there is none.</summary>
    public async Task<ComputeEnvironmentDetail?> Find(string name, CancellationToken cancellation) =>
        await Find([name], cancellation) is [var found, ..] ? found : null;

    /// <summary>All of the account, whoever made them, those too that are going.</summary>
    public async Task<IReadOnlyList<ComputeEnvironmentDetail>> All(CancellationToken cancellation)
    {
        var found = new List<ComputeEnvironmentDetail>();
        var request = new DescribeComputeEnvironmentsRequest();
        do
        {
            var page = await target.Clients.Batch.DescribeComputeEnvironmentsAsync(request, cancellation);
            found.AddRange(page.ComputeEnvironments?.Where(IsThere) ?? []);
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
        return found;
    }

    /// <summary>Those of some that are there, or are going.</summary>
    public async Task<IReadOnlyList<ComputeEnvironmentDetail>> Find(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var answer = await target.Clients.Batch.DescribeComputeEnvironmentsAsync(
            new DescribeComputeEnvironmentsRequest { ComputeEnvironments = [.. names] }, cancellation);
        return [.. answer.ComputeEnvironments?.Where(e => names.Contains(e.ComputeEnvironmentName!) && IsThere(e)) ?? []];
    }

    /// <summary>Disables it and takes it away; waits until it is gone.</summary>
    public async Task Delete(string name, CancellationToken cancellation)
    {
        if (await Find(name, cancellation) is not { } current)
        {
            return;
        }

        if (!IsGoing(current))
        {
            await Disable(current, cancellation);
            await DeleteNow(name, cancellation);
        }

        await Gone(name, cancellation);
    }

    /// <summary>Does what Batch refuses as long as it is changing one of some compute environments, again until it is taken.</summary>
    /// <param name="names">The compute environments.</param>
    /// <param name="work">The call.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="isChanging">Whether something else is being changed that the call has to wait for.</param>
    public Task WhenSettled(
        IReadOnlyList<string> names, Func<CancellationToken, Task> work, CancellationToken cancellation, Func<CancellationToken, Task<bool>>? isChanging = null) => Poll.Until(
        async ct =>
        {
            try
            {
                await work(ct);
                return true;
            }
            catch (AmazonServiceException e) when (e.ErrorCode == "ClientException")
            {
                if (!(await Find(names, ct)).Any(found => found.Status is Updating or Creating) && !(isChanging is not null && await isChanging(ct)))
                {
                    throw;
                }

                return false;
            }
        },
        done => done,
        Longest,
        $"compute environment {string.Join(" or ", names.Select(name => $"'{name}'"))} is being changed, and its machines replaced when their jobs have ended",
        cancellation);

    private static bool IsThere(ComputeEnvironmentDetail environment) => environment.Status != "DELETED";

    private async Task Disable(ComputeEnvironmentDetail environment, CancellationToken cancellation)
    {
        var name = environment.ComputeEnvironmentName!;
        if (environment.State != Disabled)
        {
            await Update(new() { ComputeEnvironment = name, State = Disabled }, cancellation);
        }

        // Whatever else it is: one that is invalid has to go, too.
        await Poll.Until(
            ct => Find(name, ct),
            found => found is null or { State: Disabled, Status: not (Updating or Creating) },
            Longest,
            $"disabling compute environment '{name}'",
            cancellation);
    }

    private async Task DeleteNow(string name, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Batch.DeleteComputeEnvironmentAsync(new DeleteComputeEnvironmentRequest { ComputeEnvironment = name }, cancellation);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ClientException")
        {
            if (await Find(name, cancellation) is { } found && !IsGoing(found))
            {
                throw;
            }
        }
    }

    private async Task Gone(string name, CancellationToken cancellation) => await Poll.Until(
        ct => Find(name, ct), found => found is null, LongestRemoval, $"deleting compute environment '{name}'", cancellation);

    private async Task Create(ComputePlan plan, Dictionary<string, string> tags, StepRun run, CancellationToken cancellation)
    {
        var request = new CreateComputeEnvironmentRequest
        {
            ComputeEnvironmentName = plan.Name,
            Type = plan.Batch.Type,
            State = plan.Batch.State,
            ComputeResources = plan.Resources(),
            ServiceRole = plan.Batch.ServiceRole,
            Tags = run.Tagged(tags),
        };
        await run.CreateOrAdopt(
            () => Create(request, run, cancellation),
            undo => plan.Function is null ? new UnusedCompute(target).UndoEnvironment(plan.Name, undo) : Delete(plan.Name, undo));
        await Valid(plan.Name, mayGoOn: false, cancellation);
    }

    /// <returns>Whether this run has made it: a call that was repeated because its answer was lost finds what it has made itself.</returns>
    private async Task<bool> Create(CreateComputeEnvironmentRequest request, StepRun run, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Batch.CreateComputeEnvironmentAsync(request, cancellation);
            return true;
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ClientException")
        {
            switch (await Find(request.ComputeEnvironmentName!, cancellation))
            {
                case { } going when IsGoing(going):
                    await Gone(request.ComputeEnvironmentName!, cancellation);
                    return await Create(request, run, cancellation);
                case { } existing when Tags.Missing(existing.Tags, request.Tags!).Keys.All(tag => tag == Tags.Run):
                    return run.HasMade(existing.Tags);
                default:
                    throw;
            }
        }
    }

    private Task Update(UpdateComputeEnvironmentRequest request, CancellationToken cancellation) =>
        WhenSettled([request.ComputeEnvironment!], ct => target.Clients.Batch.UpdateComputeEnvironmentAsync(request, ct), cancellation);

    /// <summary>Waits until it is valid.</summary>
    /// <param name="name">The compute environment.</param>
    /// <param name="mayGoOn">Whether Batch may still be at it: machines are replaced for as long as their jobs take.</param>
    /// <param name="cancellation">Ends the wait.</param>
    private async Task Valid(string name, bool mayGoOn, CancellationToken cancellation) => await Poll.Until(
        ct => Find(name, ct),
        found => found switch
        {
            { Status: "INVALID" } => throw new ScarException(
                $"compute environment '{name}' is invalid: {found.StatusReason}", "mend what it names, then run the command again"),
            { Status: "VALID" } => true,
            { Status: Updating } => mayGoOn,
            _ => false,
        },
        Longest,
        $"compute environment '{name}'",
        cancellation);
}
