using Amazon.Runtime;
using ScarNet.Aws.Ec2.Model;

namespace ScarNet.Cli.Deploy;

/// <summary>The launch templates that ScarNet made.</summary>
internal sealed class LaunchTemplates(Target target)
{
    /// <summary>Source: docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html</summary>
    private const string Exists = "InvalidLaunchTemplateName.AlreadyExistsException";
    private const string Missing = "InvalidLaunchTemplateName.NotFoundException";

    /// <summary>All of the account, by name.</summary>
    public async Task<IReadOnlyDictionary<string, LaunchTemplate>> All(CancellationToken cancellation)
    {
        var found = new Dictionary<string, LaunchTemplate>();
        var request = new DescribeLaunchTemplatesRequest { Filters = [new() { Name = "tag-key", Values = [Tags.Hash] }] };
        do
        {
            var page = await target.Clients.Ec2.DescribeLaunchTemplatesAsync(request, cancellation);
            foreach (var template in page.LaunchTemplates?.Where(t => t.LaunchTemplateName?.StartsWith(MachineTemplate.Prefix, StringComparison.Ordinal) == true) ?? [])
            {
                found[template.LaunchTemplateName!] = template;
            }

            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
        return found;
    }

    /// <param name="wanted">As it should be.</param>
    /// <param name="exists">Whether it is there.</param>
    /// <param name="role">What machines run as, where the user or the foundation has said so; null is ECS's usual role.</param>
    public Step Plan(MachineTemplate wanted, bool exists, string? role) => new()
    {
        Kind = exists ? StepKind.Keep : StepKind.Create,
        Resource = "launch template",
        Name = wanted.Name,
        Reason = exists ? "is there already" : $"gives machines {(wanted.ScratchGb > 0 ? $"{wanted.ScratchGb} GB of scratch and " : "")}the supervisor"
                + (role is null ? ", which 'ecsInstanceRole' must be allowed to read ('scarnet bootstrap' makes a role that is)" : ""),
        Action = (run, ct) => run.CreateOrAdopt(() => Create(wanted, run, ct), undo => DeleteUnused(wanted.Name, undo)),
    };

    /// <summary>Takes one away, unless a compute environment names it by now.</summary>
    public Step PlanRemoval(string name, IReadOnlyList<Step> after) => new()
    {
        Kind = StepKind.Delete,
        Resource = "launch template",
        Name = name,
        Reason = "no compute environment names it any more",
        After = after,
        Action = (_, ct) => DeleteUnused(name, ct),
    };

    /// <returns>Whether this run has made it. Whoever did: by its name it has the same content.</returns>
    private async Task<bool> Create(MachineTemplate wanted, StepRun run, CancellationToken cancellation)
    {
        var request = wanted.Request;
        request.Tags = run.Tagged(wanted.ResourceTags);
        try
        {
            await target.Clients.Ec2.CreateLaunchTemplateAsync(request, cancellation);
            return true;
        }
        catch (AmazonServiceException e) when (e.ErrorCode == Exists)
        {
            return (await All(cancellation)).TryGetValue(wanted.Name, out var existing) && run.HasMade(existing.Tags);
        }
    }

    private async Task DeleteUnused(string name, CancellationToken cancellation)
    {
        var environments = await new ComputeEnvironments(target).All(cancellation);
        if (environments.Any(environment => environment.ComputeResources?.LaunchTemplate?.LaunchTemplateName == name))
        {
            return;
        }

        try
        {
            await target.Clients.Ec2.DeleteLaunchTemplateAsync(new DeleteLaunchTemplateRequest { LaunchTemplateName = name }, cancellation);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == Missing)
        {
        }
    }
}
