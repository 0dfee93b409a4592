using ScarNet.Aws.Batch.Model;
using ScarNet.Core;

namespace ScarNet.Cli.Deploy;

/// <summary>What of a compute environment is not as it should be, and the request that makes it so.</summary>
/// <param name="Request">All of it.</param>
/// <param name="Changes">Field by field.</param>
/// <param name="OfMachines">What machines have from their start, so that others have to take their place; empty when they stay.</param>
internal sealed record ComputeUpdate(UpdateComputeEnvironmentRequest Request, IReadOnlyList<StepChange> Changes, IReadOnlyList<string> OfMachines)
{
    private static readonly string[] places = ["subnets", "securityGroupIds", "instanceRole", "serviceRole"];

    /// <summary>
    /// How long jobs may go on where machines are replaced: the most that every version of Batch's API takes (1 to 360, lately to 7200). The
    /// compute environment can hardly be changed meanwhile. Source: docs.aws.amazon.com/batch/latest/APIReference/API_UpdatePolicy.html
    /// </summary>
    private const int LongestOldJobMinutes = 360;

    public bool ReplacesMachines => OfMachines.Count > 0;

    public string Reason => ReplacesMachines
        ? $"its machines are replaced, those with jobs when these have ended or after {LongestOldJobMinutes / 60} hours: they start with another {string.Join(" and another ", OfMachines)}"
        : "its settings have changed";

    /// <summary>
    /// What moves machines to another place, for all who share them: network and roles, and a launch template of the user's. What a release of
    /// ScarNet changes in its own template is for all, and the foundation's role is better than none.
    /// </summary>
    public IReadOnlyList<StepChange> Moves => [.. Changes.Where(change =>
        (places.Contains(change.Field) && !(change.Field == "instanceRole" && ComputePlan.IsUsual(change.Old)))
        || (change.Field == "launchTemplate" && change.Old is not null && !(IsOurs(change.Old) && IsOurs(change.New))))];

    /// <exception cref="ScarException">Batch cannot change it so.</exception>
    public static ComputeUpdate Of(ComputePlan plan, ComputeResource wanted, ComputeEnvironmentDetail current)
    {
        Refuse(plan, wanted, current);
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

        // Of what is shared the name says it.
        if (plan.Function is not null && seen.Type is not null && seen.Type != wanted.Type)
        {
            Change("type", seen.Type, wanted.Type, "type");
            (resources.Type, resources.AllocationStrategy) = (wanted.Type, wanted.AllocationStrategy);
        }

        if (plan.Function is not null && seen.InstanceTypes is not null && wanted.InstanceTypes is not null && Differ(seen.InstanceTypes, wanted.InstanceTypes))
        {
            Change("instanceTypes", Join(seen.InstanceTypes), Join(wanted.InstanceTypes), "choice of machines");
            resources.InstanceTypes = wanted.InstanceTypes;
        }

        // Where the file names none, AWS has put its own.
        if (plan.Batch.ServiceRole is { } service && ComputePlan.NameOf(current.ServiceRole) is { } old && old != ComputePlan.NameOf(service))
        {
            changes.Add(new("serviceRole", current.ServiceRole, service));
            request.ServiceRole = service;
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

    // Source: docs.aws.amazon.com/batch/latest/userguide/updating-compute-environments.html
    private static void Refuse(ComputePlan plan, ComputeResource wanted, ComputeEnvironmentDetail current)
    {
        const string anew = "'scarnet rm' takes it away with its functions, and 'scarnet init' makes it anew; or give the function another name";
        if (current.ComputeResources?.Type is { } type && ComputePlan.IsOfFargate(type) != ComputePlan.IsOfFargate(wanted.Type!))
        {
            throw new ScarException($"compute environment '{plan.Name}' has type {type}, and AWS Batch cannot make it {wanted.Type}", anew);
        }

        if (plan.Batch.ServiceRole is { } service && IsLinked(current.ServiceRole) && ComputePlan.NameOf(service) != ComputePlan.NameOf(current.ServiceRole))
        {
            throw new ScarException(
                $"compute environment '{plan.Name}' has AWS Batch's service-linked role, and Batch cannot give it service role '{service}'",
                $"leave 'service_role' out; or {anew}");
        }
    }

    private static bool IsLinked(string? role) => role?.Contains("/aws-service-role/", StringComparison.Ordinal) == true;

    private static bool IsOurs(string? template) => template?.StartsWith(MachineTemplate.Prefix, StringComparison.Ordinal) == true;

    private static string? Text(LaunchTemplateSpecification? template) =>
        template is null ? null : $"{template.LaunchTemplateName ?? template.LaunchTemplateId}:{template.Version ?? "$Default"}";

    private static bool Differ(List<string>? one, List<string>? other) => !(one ?? []).ToHashSet().SetEquals(other ?? []);

    private static string? Join(List<string>? values) => values is { Count: > 0 } ? string.Join(", ", values) : null;
}
