using Amazon.Runtime;
using ScarNet.Aws.Batch.Model;
using ScarNet.Core;

namespace ScarNet.Cli.Deploy;

/// <summary>Compute environments. Each change takes its time at Batch, and the next one has to wait for it.</summary>
internal sealed class ComputeEnvironments(Target target)
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>How long jobs may go on where machines are replaced: as long as Batch lets them. Source: API_UpdatePolicy.html</summary>
    private const int LongestOldJobMinutes = 360;

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
        if (current is null)
        {
            return step with
            {
                Kind = StepKind.Create,
                Reason = $"runs jobs on up to {plan.MaxVcpus} vCPUs",
                Action = (run, ct) => Create(plan, tags, run, ct),
            };
        }

        var (changes, update) = Differences(plan, current);
        var replaces = update.UpdatePolicy is not null;
        if (replaces)
        {
            changes.AddRange(ofTemplate);
        }

        return changes.Count == 0 ? step : step with
        {
            Kind = StepKind.Update,
            Reason = replaces ? "its machines are replaced, those with jobs when these have ended: they start with another launch template" : "its settings have changed",
            Changes = changes,
            Action = async (_, ct) =>
            {
                await target.Clients.Batch.UpdateComputeEnvironmentAsync(update, ct);
                await Valid(plan.Name, ct);
            },
        };
    }

    public async Task<ComputeEnvironmentDetail?> Find(string name, CancellationToken cancellation) =>
        await Find([name], cancellation) is [var found, ..] ? found : null;

    /// <summary>All of the account, whoever made them.</summary>
    public async Task<IReadOnlyList<ComputeEnvironmentDetail>> All(CancellationToken cancellation)
    {
        var found = new List<ComputeEnvironmentDetail>();
        var request = new DescribeComputeEnvironmentsRequest();
        do
        {
            var page = await target.Clients.Batch.DescribeComputeEnvironmentsAsync(request, cancellation);
            found.AddRange(page.ComputeEnvironments?.Where(e => e.Status is not ("DELETED" or "DELETING")) ?? []);
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
        return found;
    }

    /// <summary>Those of some that are there.</summary>
    public async Task<IReadOnlyList<ComputeEnvironmentDetail>> Find(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var answer = await target.Clients.Batch.DescribeComputeEnvironmentsAsync(
            new DescribeComputeEnvironmentsRequest { ComputeEnvironments = [.. names] }, cancellation);
        return [.. answer.ComputeEnvironments?.Where(e => names.Contains(e.ComputeEnvironmentName!) && e.Status is not ("DELETED" or "DELETING")) ?? []];
    }

    /// <summary>Disables it and takes it away; waits until it is gone.</summary>
    public async Task Delete(string name, CancellationToken cancellation)
    {
        if (await Find(name, cancellation) is not { } current)
        {
            return;
        }

        if (current.State != "DISABLED")
        {
            await target.Clients.Batch.UpdateComputeEnvironmentAsync(
                new UpdateComputeEnvironmentRequest { ComputeEnvironment = name, State = "DISABLED" }, cancellation);
            await Valid(name, cancellation);
        }

        await target.Clients.Batch.DeleteComputeEnvironmentAsync(
            new DeleteComputeEnvironmentRequest { ComputeEnvironment = name }, cancellation);
        await Poll.Until(
            ct => Find(name, ct), found => found is null, Longest, $"deleting compute environment '{name}'", cancellation);
    }

    private async Task Create(ComputePlan plan, Dictionary<string, string> tags, StepRun run, CancellationToken cancellation)
    {
        var request = new CreateComputeEnvironmentRequest
        {
            ComputeEnvironmentName = plan.Name,
            Type = plan.Batch.Type,
            State = plan.Batch.State,
            ComputeResources = plan.Resources(target),
            ServiceRole = plan.Batch.ServiceRole,
            Tags = tags,
        };
        await run.Create(() => Create(request, cancellation), undo => Delete(plan.Name, undo));
        await Valid(plan.Name, cancellation);
    }

    // A call that was repeated because its answer was lost finds what it has made itself.
    private async Task Create(CreateComputeEnvironmentRequest request, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Batch.CreateComputeEnvironmentAsync(request, cancellation);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ClientException")
        {
            if (await Find(request.ComputeEnvironmentName!, cancellation) is not { } existing || Tags.Missing(existing.Tags, request.Tags!).Count > 0)
            {
                throw;
            }
        }
    }

    private (List<StepChange> Changes, UpdateComputeEnvironmentRequest Update) Differences(
        ComputePlan plan, ComputeEnvironmentDetail current)
    {
        var wanted = plan.Resources(target);
        var seen = current.ComputeResources ?? new ComputeResource();
        var resources = new ComputeResourceUpdate();
        var update = new UpdateComputeEnvironmentRequest { ComputeEnvironment = plan.Name };
        var changes = new List<StepChange>();
        if (current.State != plan.Batch.State)
        {
            changes.Add(new("state", current.State, plan.Batch.State));
            update.State = plan.Batch.State;
        }

        // Others may share it: it grows for us and never shrinks under them.
        if (plan.Function is null ? seen.MaxvCpus < wanted.MaxvCpus : seen.MaxvCpus != wanted.MaxvCpus)
        {
            changes.Add(new("maxvCpus", seen.MaxvCpus?.ToString(), wanted.MaxvCpus?.ToString()));
            resources.MaxvCpus = wanted.MaxvCpus;
            update.ComputeResources = resources;
        }

        if (plan.Function is not null && wanted.MinvCpus is { } least && seen.MinvCpus != least)
        {
            changes.Add(new("minvCpus", seen.MinvCpus?.ToString(), least.ToString()));
            resources.MinvCpus = least;
            update.ComputeResources = resources;
        }

        if (Differ(seen.Subnets, wanted.Subnets))
        {
            changes.Add(new("subnets", Join(seen.Subnets), Join(wanted.Subnets)));
            resources.Subnets = wanted.Subnets;
            update.ComputeResources = resources;
        }

        if (Differ(seen.SecurityGroupIds, wanted.SecurityGroupIds))
        {
            changes.Add(new("securityGroupIds", Join(seen.SecurityGroupIds), Join(wanted.SecurityGroupIds)));
            resources.SecurityGroupIds = wanted.SecurityGroupIds;
            update.ComputeResources = resources;
        }

        if (Text(seen.LaunchTemplate) != Text(wanted.LaunchTemplate) && wanted.LaunchTemplate is not null)
        {
            changes.Add(new("launchTemplate", Text(seen.LaunchTemplate), Text(wanted.LaunchTemplate)));
            resources.LaunchTemplate = wanted.LaunchTemplate;
            resources.InstanceRole = wanted.InstanceRole;
            update.ComputeResources = resources;
            update.UpdatePolicy = new() { TerminateJobsOnUpdate = false, JobExecutionTimeoutMinutes = LongestOldJobMinutes };
        }

        return (changes, update);
    }

    private static string? Text(LaunchTemplateSpecification? template) =>
        template is null ? null : $"{template.LaunchTemplateName ?? template.LaunchTemplateId}:{template.Version ?? "$Default"}";

    private static bool Differ(List<string>? one, List<string>? other) => !(one ?? []).ToHashSet().SetEquals(other ?? []);

    private static string? Join(List<string>? values) => values is { Count: > 0 } ? string.Join(", ", values) : null;

    private async Task Valid(string name, CancellationToken cancellation) => await Poll.Until(
        ct => Find(name, ct),
        found => found switch
        {
            { Status: "INVALID" } => throw new ScarException(
                $"compute environment '{name}' is invalid: {found.StatusReason}", "mend what it names, then run the command again"),
            { Status: "VALID" } => true,
            _ => false,
        },
        Longest,
        $"compute environment '{name}'",
        cancellation);
}
