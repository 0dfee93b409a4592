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
        var same = active.Where(d => d.Parameters?.GetValueOrDefault(DefinitionRequest.HashParameter) == wanted.Hash)
            .MaxBy(d => d.Revision);
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

        var planned = new PlannedDefinition(step, null);
        planned.Step = step with
        {
            Kind = newest is null ? StepKind.Create : StepKind.Update,
            Reason = newest is null ? step.Reason : "its content has changed",
            Changes = newest is null ? [] : [new("revision", newest.Revision?.ToString(), "a new one")],
            Action = async (run, ct) =>
            {
                var registered = await run.Create(
                    () => target.Clients.Batch.RegisterJobDefinitionAsync(wanted.Request, ct), undo => DeregisterAfter(name, newest?.Revision ?? 0, undo));
                planned.Revision = $"{name}:{registered.Revision}";
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

    // More than one, when an answer was lost and the call repeated.
    private async Task DeregisterAfter(string name, int revision, CancellationToken cancellation)
    {
        foreach (var newer in (await Active(name, cancellation)).Where(definition => definition.Revision > revision))
        {
            await Deregister($"{name}:{newer.Revision}", cancellation);
        }
    }

    public Task Deregister(string revision, CancellationToken cancellation) =>
        target.Clients.Batch.DeregisterJobDefinitionAsync(new DeregisterJobDefinitionRequest { JobDefinition = revision }, cancellation);
}
