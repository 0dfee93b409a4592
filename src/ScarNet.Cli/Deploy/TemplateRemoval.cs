using System.Net;
using Amazon.Runtime;

namespace ScarNet.Cli.Deploy;

/// <summary>Takes launch templates away that no compute environment is left to name.</summary>
internal sealed class TemplateRemoval(Target target)
{
    /// <param name="steps">All that is done before.</param>
    /// <param name="kept">Is told what stays.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<IReadOnlyList<Step>> Plan(IReadOnlyList<Step> steps, List<string> kept, CancellationToken cancellation)
    {
        var going = steps.Where(step => step.Resource == "compute environment").Select(step => step.Name).ToHashSet();
        var templates = new LaunchTemplates(target);
        try
        {
            var ours = await templates.All(cancellation);
            if (ours.Count == 0)
            {
                return [];
            }

            var named = (await new ComputeEnvironments(target).All(cancellation)).Where(e => !going.Contains(e.ComputeEnvironmentName!))
                .Select(e => e.ComputeResources?.LaunchTemplate?.LaunchTemplateName).ToHashSet();
            return [.. ours.Keys.Where(name => !named.Contains(name)).Select(name => templates.PlanRemoval(name, steps))];
        }
        catch (AmazonServiceException e) when (e.StatusCode == HttpStatusCode.Forbidden)
        {
            // Who has no compute environment to take away need not be allowed to ask EC2.
            if (going.Count > 0)
            {
                kept.Add($"launch templates '{MachineTemplate.Prefix}…', which this identity may not look at");
            }

            return [];
        }
    }
}
