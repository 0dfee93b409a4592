using System.Net;
using Amazon.Runtime;
using ScarNet.Aws.Batch.Model;
using ScarNet.Aws.Ec2.Model;
using ScarNet.Aws.Iam.Model;
using ScarNet.Core;
using ScarNet.Core.Iam;

namespace ScarNet.Cli.Deploy;

/// <summary>Plans compute environments with the launch templates of their machines.</summary>
internal sealed class Machines(Target target)
{
    private readonly ComputeEnvironments environments = new(target);
    private readonly LaunchTemplates templates = new(target);
    private Task<Network>? usual;

    /// <param name="wanted">The compute environments.</param>
    /// <param name="supervisors"><c>bucket/sha256</c> of those that jobs in a compute environment mount, by its name.</param>
    /// <param name="ofFile">The functions that are planned together.</param>
    /// <param name="tags">Tags of one, by the function it is for.</param>
    /// <param name="after">What must be there before a machine starts.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ScarException">It would move machines that other functions use.</exception>
    /// <returns>The steps of the environments by name, and those of templates, which come before and after.</returns>
    public async Task<(IReadOnlyDictionary<string, Step> Environments, IReadOnlyList<Step> Before, IReadOnlyList<Step> After)> Plan(
        IReadOnlyList<ComputePlan> wanted,
        ILookup<string, string> supervisors,
        IReadOnlySet<string> ofFile,
        Func<string?, Dictionary<string, string>> tags,
        IReadOnlyList<Step> after,
        CancellationToken cancellation)
    {
        if (wanted.Count == 0)
        {
            return (new Dictionary<string, Step>(), [], []);
        }

        var current = (await environments.Find([.. wanted.Select(plan => plan.Name)], cancellation))
            .Where(found => !ComputeEnvironments.IsGoing(found)).ToDictionary(found => found.ComputeEnvironmentName!);
        var ours = wanted.Any(plan => plan.NeedsTemplate) ? await templates.All(cancellation) : new Dictionary<string, LaunchTemplate>();
        var profile = wanted.Any(plan => plan is { NeedsTemplate: true, Batch.Compute.InstanceRole: null }) ? await FoundationProfile(cancellation) : null;
        var before = new Dictionary<string, Step>();
        var steps = new Dictionary<string, Step>();
        var left = new List<string>();
        foreach (var plan in wanted.Select(plan => plan with { FoundationProfile = plan.NeedsTemplate ? profile : null }))
        {
            var found = current.GetValueOrDefault(plan.Name);
            var old = found?.ComputeResources?.LaunchTemplate?.LaunchTemplateName is { } name ? ours.GetValueOrDefault(name) : null;
            var template = plan.NeedsTemplate ? MachineTemplate.Of(target, plan.Batch, supervisors[plan.Name], old) : null;
            if (template is not null && !before.ContainsKey(template.Name))
            {
                before[template.Name] = templates.Plan(template, ours.ContainsKey(template.Name), plan.StatedRole ?? UnusualRole(found)) with { After = after };
            }

            var full = plan with { Template = template, Network = await Where(plan, found, cancellation) };
            steps[plan.Name] = environments.Plan(full, found, tags(plan.Function), template?.Since(old) ?? [], template is null ? [] : [before[template.Name]]);
            if (plan.Function is null && found is not null && ComputeUpdate.Of(full, full.Resources(), found).Moves is { Count: > 0 } moves)
            {
                await Refuse(plan.Name, moves, ofFile, cancellation);
            }

            if (old is not null && old.LaunchTemplateName != template?.Name)
            {
                left.Add(old.LaunchTemplateName!);
            }
        }

        return (steps, [.. before.Values], await Unused([.. left.Except(before.Keys)], steps, cancellation));
    }

    private async Task<Network> Where(ComputePlan plan, ComputeEnvironmentDetail? found, CancellationToken cancellation)
    {
        if (plan.Network.Subnets.Count > 0)
        {
            return plan.Network;
        }

        return found?.ComputeResources is { } there
            ? new(there.Subnets ?? [], there.SecurityGroupIds ?? [])
            : await (usual ??= new DefaultNetwork(target).Find(plan.Name, cancellation));
    }

    private async Task Refuse(string environment, IReadOnlyList<StepChange> moves, IReadOnlySet<string> ofFile, CancellationToken cancellation)
    {
        var named = (await new JobQueues(target).All(cancellation)).Where(queue => JobQueues.EnvironmentsOf(queue).Contains(environment)).Select(queue => queue.JobQueueName!).ToList();
        var users = named.Count == 0 ? [] : (await new QueueUsers(target).Read(named, cancellation))?.SelectMany(group => group).Where(user => !ofFile.Contains(user)).Distinct().ToList();
        if (users is not { Count: 0 })
        {
            throw new ScarException(
                $"compute environment '{environment}' is shared, and this file would move it ({string.Join("; ", moves.Select(move => $"{move.Field}: {move.Old} -> {move.New}"))}) under "
                + (users is null ? "other functions that may use it: this identity may not list them" : string.Join(", ", users.Select(user => $"'{user}'"))),
                "give the functions of this file the same network and roles, or machines of their own: another 'max_v_cpus' is enough");
        }
    }

    // One that somebody has given them: it stays, and is for somebody to see to.
    private static string? UnusualRole(ComputeEnvironmentDetail? found) =>
        found?.ComputeResources?.InstanceRole is { } role && !ComputePlan.IsUsual(role) ? role : null;

    // Machines of the foundation's may fetch supervisors; of others nobody knows.
    private async Task<string?> FoundationProfile(CancellationToken cancellation)
    {
        var name = $"foundation.{target.Region}.machine";
        try
        {
            var role = await target.Clients.Iam.GetRoleAsync(new GetRoleRequest { RoleName = name }, cancellation);
            return role.Role is null ? null : target.Place.InstanceProfile(RoleDefinition.Path, name);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "NoSuchEntity" || e.StatusCode == HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    /// <summary>Old templates that none but these environments name.</summary>
    private async Task<IReadOnlyList<Step>> Unused(IReadOnlyList<string> old, Dictionary<string, Step> changing, CancellationToken cancellation)
    {
        if (old.Count == 0)
        {
            return [];
        }

        var named = (await environments.All(cancellation)).Where(e => !changing.ContainsKey(e.ComputeEnvironmentName!))
            .Select(e => e.ComputeResources?.LaunchTemplate?.LaunchTemplateName).ToHashSet();
        return [.. old.Where(name => !named.Contains(name)).Select(name => templates.PlanRemoval(name, [.. changing.Values]))];
    }
}
