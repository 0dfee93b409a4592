using System.Net;
using Amazon.Runtime;
using ScarNet.Aws.Lambda.Model;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Deploy;

/// <summary>Puts the steps together that take functions away: first what starts them, last what they stand on.</summary>
internal sealed class RemovalBuilder(Target target, bool deleteBuckets)
{
    private readonly Buckets buckets = new(target);
    private readonly ComputeEnvironments environments = new(target);
    private readonly JobQueues queues = new(target);
    private readonly JobDefinitions definitions = new(target);
    private readonly LambdaFunctions lambdas = new(target);
    private readonly Notifications notifications = new(target);
    private readonly EventRules rules = new(target);
    private readonly Roles roles = new(target);

    public async Task<DeployPlan> Build(IReadOnlyList<string> functions, IReadOnlyList<string> data, CancellationToken cancellation)
    {
        var listed = functions.Count >= PlanBuilder.Many ? await new RoleListing(target).Read(cancellation) : null;
        var statements = await Several.Select(functions, f => new Permissions(target).Find(f, cancellation));
        var started = await Rules(functions, statements.Any(s => s.Rule is not null), cancellation);
        var known = statements.SelectMany(s => s.Buckets.Keys).Concat(data)
            .Concat(started.Values.SelectMany(rule => rule.SwitchedOn.Concat(TriggerPattern.BucketsOf(rule.Pattern)))).Distinct().ToList();
        var existing = (await Several.Select(known, async b => (Bucket: b, Exists: await buckets.Exists(b, cancellation))))
            .Where(b => b.Exists).Select(b => b.Bucket).ToList();
        var owners = functions.ToHashSet();
        var kept = new List<string>();
        var off = await Switches(started, kept, cancellation);
        var silenced = await Several.Select(existing, b => notifications.Plan(b, true, owners, [], off.Contains(b) ? false : null, [], cancellation));
        List<Step> steps = [.. silenced.OfType<Step>()];
        var stopped = started.ToDictionary(one => one.Key, one => rules.PlanRemoval(one.Key, one.Value, [.. silenced.OfType<Step>()]));
        steps.AddRange(stopped.Values);
        var removed = await Several.Select(functions, f => Function(
            f, listed, [.. silenced.OfType<Step>(), .. stopped.TryGetValue(f, out var rule) ? [rule] : (Step[])[]], kept, cancellation));
        steps.AddRange(removed.SelectMany(r => r));
        if (deleteBuckets)
        {
            steps.AddRange(existing.Select(bucket => DeleteBucket(bucket, [.. steps])));
        }
        else
        {
            kept.AddRange(existing.Select(bucket => $"bucket '{bucket}' and what is in it"));
        }

        if (functions.Count > 0)
        {
            var going = steps.Where(step => step.Resource == "function").Select(step => step.Name).ToHashSet();
            steps.AddRange(await new SharedRemoval(target).Plan(going, [.. steps], kept, cancellation));
        }

        if (await buckets.Exists(target.ArtifactBucket, cancellation))
        {
            kept.Add($"artifact bucket '{target.ArtifactBucket}' with claims and run records");
        }

        return new DeployPlan(steps) { Kept = kept };
    }

    /// <summary>Rules by the function that they start. Who never had one need not be allowed to ask EventBridge.</summary>
    private async Task<Dictionary<string, FoundEventRule>> Rules(IReadOnlyList<string> functions, bool expected, CancellationToken cancellation)
    {
        try
        {
            var found = await Several.Select(functions, async f => (Function: f, Rule: await rules.Find(f, cancellation)));
            return found.Where(one => one.Rule?.IsOf(one.Function) == true).ToDictionary(one => one.Function, one => one.Rule!);
        }
        catch (AmazonServiceException e) when (!expected && (e.StatusCode == HttpStatusCode.Forbidden || e.ErrorCode.StartsWith("AccessDenied", StringComparison.Ordinal)))
        {
            return [];
        }
    }

    /// <summary>Buckets that told EventBridge for these rules alone.</summary>
    private async Task<HashSet<string>> Switches(Dictionary<string, FoundEventRule> started, List<string> kept, CancellationToken cancellation)
    {
        var marked = started.Values.SelectMany(rule => rule.SwitchedOn).Distinct().ToList();
        var unused = await new EventBridgePlan(target, notifications).Unused(marked, [.. started.Values], cancellation);
        kept.AddRange(marked.Except(unused).Select(bucket => $"EventBridge on bucket '{bucket}', which other rules use"));
        return [.. unused];
    }

    private async Task<List<Step>> Function(
        string name, IReadOnlyDictionary<string, FoundRole>? listed, IReadOnlyList<Step> after, List<string> kept, CancellationToken cancellation)
    {
        var function = lambdas.Find(name, cancellation);
        var active = definitions.Active(Names.JobDefinition(name), cancellation);
        var group = new LogGroups(target).Find(Names.LogGroup(name), cancellation);
        var queue = queues.Find(Names.Own(name), cancellation);
        var environment = environments.Find(Names.Own(name), cancellation);
        var own = Task.WhenAll(Roles.NamesOf(name, target.Region).Select(
            role => listed is null ? roles.Find(role, cancellation) : Task.FromResult(listed.GetValueOrDefault(role))));
        var steps = new List<Step>();
        var last = after;
        if (await function is { } found)
        {
            if (found.Tags?.GetValueOrDefault(Tags.Function) != name)
            {
                lock (kept)
                {
                    kept.Add($"Lambda function '{name}', which scarnet did not make");
                }

                await Task.WhenAll(active, group, queue, environment, own);
                return [];
            }

            if (found.Configuration?.VpcConfig?.SubnetIds is { Count: > 0 } subnets)
            {
                // Source: docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
                lock (kept)
                {
                    kept.Add($"network interfaces of function '{name}' in {string.Join(", ", subnets)}, which Lambda takes away within some 20 minutes");
                }
            }

            // Its policy, its retries and its concurrency go with it.
            steps.Add(Delete("function", name, name, after, ct => lambdas.Delete(name, ct)));
            last = [steps[^1]];
        }

        steps.AddRange((await active).Select(d => $"{d.JobDefinitionName}:{d.Revision}").Select(revision =>
            Delete("job definition", revision, name, last, ct => definitions.Deregister(revision, ct))));
        if (await queue is not null)
        {
            steps.Add(Delete("job queue", Names.Own(name), name, last, ct => queues.Delete(Names.Own(name), ct)));
            last = [steps[^1]];
        }

        if (await environment is not null)
        {
            steps.Add(Delete("compute environment", Names.Own(name), name, last, ct => environments.Delete(Names.Own(name), ct)));
        }

        steps.AddRange(await Repository(name, await function, last, cancellation));
        if (await group is not null)
        {
            steps.Add(Delete("log group", Names.LogGroup(name), name, last, ct => new LogGroups(target).Delete(Names.LogGroup(name), ct)));
        }

        // What ran as them is gone by then.
        var users = new List<Step>(steps);
        steps.AddRange((await own).OfType<FoundRole>().Where(role => role.IsOf(name)).Select(role =>
            Delete("role", role.Name, name, [.. after, .. users], ct => roles.Delete(role.Name, ct))));
        return steps;
    }

    // Who never had an image in Lambda need not be allowed to ask ECR.
    private async Task<IReadOnlyList<Step>> Repository(string name, GetFunctionResponse? function, IReadOnlyList<Step> after, CancellationToken cancellation)
    {
        var (repositories, repository) = (new Repositories(target), DerivedImage.RepositoryOf(name));
        return !target.IsEngine && function?.Configuration?.PackageType != "Zip"
            && await repositories.Find(repository, cancellation) is { } found && found.Tags.GetValueOrDefault(Tags.Function) == name
                ? [Delete("repository", repository, name, after, ct => repositories.Delete(repository, ct)) with { Reason = "and every image in it" }]
                : [];
    }

    private Step DeleteBucket(string bucket, IReadOnlyList<Step> after) =>
        Delete("bucket", bucket, null, after, ct => buckets.Delete(bucket, ct)) with { Reason = "and everything in it" };

    private static Step Delete(
        string resource, string name, string? function, IReadOnlyList<Step> after, Func<CancellationToken, Task> delete) => new()
        {
            Kind = StepKind.Delete,
            Resource = resource,
            Name = name,
            Function = function,
            Reason = "is removed",
            After = after,
            Action = (_, ct) => delete(ct),
        };
}
