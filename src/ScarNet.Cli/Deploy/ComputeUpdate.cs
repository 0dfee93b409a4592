using ScarNet.Aws.Batch.Model;

namespace ScarNet.Cli.Deploy;

/// <summary>What of a compute environment is not as it should be, and the request that makes it so.</summary>
/// <param name="Request">All of it.</param>
/// <param name="Changes">Field by field.</param>
/// <param name="OfMachines">What machines have from their start, so that others have to take their place; empty when they stay.</param>
internal sealed record ComputeUpdate(UpdateComputeEnvironmentRequest Request, IReadOnlyList<StepChange> Changes, IReadOnlyList<string> OfMachines)
{
    /// <summary>
    /// How long jobs may go on where machines are replaced: the most that every version of Batch's API takes (1 to 360, lately to 7200). The
    /// compute environment can hardly be changed meanwhile. Source: docs.aws.amazon.com/batch/latest/APIReference/API_UpdatePolicy.html
    /// </summary>
    private const int LongestOldJobMinutes = 360;

    public bool ReplacesMachines => OfMachines.Count > 0;

    public string Reason => ReplacesMachines
        ? $"its machines are replaced, those with jobs when these have ended or after {LongestOldJobMinutes / 60} hours: they start with another {string.Join(" and another ", OfMachines)}"
        : "its settings have changed";

    public static ComputeUpdate Of(ComputePlan plan, ComputeResource wanted, ComputeEnvironmentDetail current)
    {
        var seen = current.ComputeResources ?? new ComputeResource();
        var resources = new ComputeResourceUpdate();
        var request = new UpdateComputeEnvironmentRequest { ComputeEnvironment = plan.Name };
        var (changes, ofMachines) = (new List<StepChange>(), new List<string>());
        if (current.State != plan.Batch.State)
        {
            changes.Add(new("state", current.State, plan.Batch.State));
            request.State = plan.Batch.State;
        }

        // Others may share it: it grows for us and never shrinks under them.
        if (plan.Function is null ? seen.MaxvCpus < wanted.MaxvCpus : seen.MaxvCpus != wanted.MaxvCpus)
        {
            Change("maxvCpus", seen.MaxvCpus?.ToString(), wanted.MaxvCpus?.ToString());
            resources.MaxvCpus = wanted.MaxvCpus;
        }

        if (plan.Function is not null && wanted.MinvCpus is { } least && seen.MinvCpus != least)
        {
            Change("minvCpus", seen.MinvCpus?.ToString(), least.ToString());
            resources.MinvCpus = least;
        }

        if (Differ(seen.Subnets, wanted.Subnets))
        {
            Change("subnets", Join(seen.Subnets), Join(wanted.Subnets), "network");
            resources.Subnets = wanted.Subnets;
        }

        if (Differ(seen.SecurityGroupIds, wanted.SecurityGroupIds))
        {
            Change("securityGroupIds", Join(seen.SecurityGroupIds), Join(wanted.SecurityGroupIds), "network");
            resources.SecurityGroupIds = wanted.SecurityGroupIds;
        }

        if (Text(seen.LaunchTemplate) != Text(wanted.LaunchTemplate) && wanted.LaunchTemplate is not null)
        {
            Change("launchTemplate", Text(seen.LaunchTemplate), Text(wanted.LaunchTemplate), "launch template");
            resources.LaunchTemplate = wanted.LaunchTemplate;
        }

        if (plan.NewRole(seen.InstanceRole) is { } role)
        {
            Change("instanceRole", seen.InstanceRole, role, "role");
            resources.InstanceRole = role;
        }

        // Fargate has no machines, and takes no policy.
        if (ofMachines.Count > 0 && !plan.IsFargate)
        {
            request.UpdatePolicy = new() { TerminateJobsOnUpdate = false, JobExecutionTimeoutMinutes = LongestOldJobMinutes };
        }

        return new(request, changes, plan.IsFargate ? [] : [.. ofMachines.Distinct()]);

        void Change(string field, string? old, string? now, string? ofMachine = null)
        {
            changes.Add(new(field, old, now));
            request.ComputeResources = resources;
            if (ofMachine is not null)
            {
                ofMachines.Add(ofMachine);
            }
        }
    }

    private static string? Text(LaunchTemplateSpecification? template) =>
        template is null ? null : $"{template.LaunchTemplateName ?? template.LaunchTemplateId}:{template.Version ?? "$Default"}";

    private static bool Differ(List<string>? one, List<string>? other) => !(one ?? []).ToHashSet().SetEquals(other ?? []);

    private static string? Join(List<string>? values) => values is { Count: > 0 } ? string.Join(", ", values) : null;
}
