using ScarNet.Aws.Batch.Model;

namespace ScarNet.Cli.Deploy;

/// <summary>Job definitions: registered when no active revision has the wanted content, never per event.</summary>
internal sealed class JobDefinitions(Target target)
{
    public async Task<PlannedDefinition> Plan(
        FunctionPlan function, DefinitionRequest wanted, Func<Task<IReadOnlyList<Step>>> before, CancellationToken cancellation)
    {
        var name = Names.JobDefinition(function.Name);
        var active = await Active(name, cancellation);
        var same = Oldest(active, wanted.Hash);
        var newest = active.MaxBy(d => d.Revision);
        var step = new Step
        {
            Kind = StepKind.Keep,
            Resource = "job definition",
            Name = name,
            Function = function.Name,
            Reason = same is null ? "is not registered yet" : $"revision {same.Revision} has this content",
            After = await before(),
        };
        if (same is not null)
        {
            return new(step, $"{name}:{same.Revision}");
        }

        var planned = new PlannedDefinition(step, null) { Old = OldRevisions.AfterAnother(active) };
        planned.Step = step with
        {
            Kind = newest is null ? StepKind.Create : StepKind.Update,
            Reason = newest is null ? step.Reason : "its content has changed",
            Changes = newest is null ? [] : [new("revision", newest.Revision?.ToString(), "a new one")],
            Action = async (run, ct) =>
            {
                wanted.Request.Tags = run.Tagged(wanted.Request.Tags!);
                // Of a function that is there the revision stays when the run fails: the function may name it already.
                var registered = newest is not null
                    ? await target.Clients.Batch.RegisterJobDefinitionAsync(wanted.Request, ct)
                    : await run.Create(() => target.Clients.Batch.RegisterJobDefinitionAsync(wanted.Request, ct), undo => DeregisterOf(name, run, undo));
                planned.Revision = $"{name}:{await Only(name, wanted.Hash, registered.Revision ?? 0, ct)}";
            },
        };
        return planned;
    }

    public async Task<List<JobDefinition>> Active(string name, CancellationToken cancellation)
    {
        var request = new DescribeJobDefinitionsRequest { JobDefinitionName = name, Status = "ACTIVE" };
        var found = new List<JobDefinition>();
        do
        {
            var page = await target.Clients.Batch.DescribeJobDefinitionsAsync(request, cancellation);
            found.AddRange(page.JobDefinitions ?? []);
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));

        return found;
    }

    // Somebody else's init may have registered the same just before: then ours goes again, and both take the older one.
    private async Task<int> Only(string name, string hash, int registered, CancellationToken cancellation)
    {
        if (Oldest(await Active(name, cancellation), hash)?.Revision is not { } oldest || oldest >= registered)
        {
            return registered;
        }

        await Deregister($"{name}:{registered}", cancellation);
        return oldest;
    }

    private static JobDefinition? Oldest(IEnumerable<JobDefinition> definitions, string hash) => definitions
        .Where(definition => definition.Parameters?.GetValueOrDefault(DefinitionRequest.HashParameter) == hash).MinBy(definition => definition.Revision);

    // More than one, when an answer was lost and the call repeated.
    private async Task DeregisterOf(string name, StepRun run, CancellationToken cancellation)
    {
        foreach (var ours in (await Active(name, cancellation)).Where(definition => run.HasMade(definition.Tags)))
        {
            await Deregister($"{name}:{ours.Revision}", cancellation);
        }
    }

    public Task Deregister(string revision, CancellationToken cancellation) =>
        target.Clients.Batch.DeregisterJobDefinitionAsync(new DeregisterJobDefinitionRequest { JobDefinition = revision }, cancellation);
}
