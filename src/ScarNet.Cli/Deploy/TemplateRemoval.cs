using System.Net;
using Amazon.Runtime;
using ScarNet.Aws.Batch.Model;

namespace ScarNet.Cli.Deploy;

/// <summary>Takes launch templates away that no compute environment is left to name.</summary>
/// <param name="target">Where.</param>
/// <param name="clock">Says how old one is.</param>
internal sealed class TemplateRemoval(Target target, TimeProvider clock)
{
    /// <summary>Longer than <c>init</c> takes from making a template to naming it: it may have to wait for a compute environment that is still being deleted.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(15);

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

            var environments = await new ComputeEnvironments(target).All(cancellation);
            var named = environments.Where(e => !going.Contains(e.ComputeEnvironmentName!)).Select(TemplateOf).ToHashSet();
            var left = environments.Where(e => going.Contains(e.ComputeEnvironmentName!)).Select(TemplateOf).ToHashSet();
            var unused = ours.Values.Where(template => !named.Contains(template.LaunchTemplateName)).ToList();
            var young = unused.Where(template => !left.Contains(template.LaunchTemplateName) && clock.GetUtcNow() - template.CreateTime < Young).ToList();
            kept.AddRange(young.Select(template =>
                $"launch template '{template.LaunchTemplateName}', made less than {Young.TotalMinutes:0} minutes ago: another 'scarnet init' may be about to name it"));
            return [.. unused.Except(young).Select(template => templates.PlanRemoval(template.LaunchTemplateName!, steps))];
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

    private static string? TemplateOf(ComputeEnvironmentDetail environment) => environment.ComputeResources?.LaunchTemplate?.LaunchTemplateName;
}
