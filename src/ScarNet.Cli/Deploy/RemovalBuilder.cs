using System.Net;
using Amazon.Runtime;
using ScarNet.Aws.Lambda.Model;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Deploy;

/// <summary>Puts the steps together that take functions away: first what starts them, then their jobs, last what they stand on.</summary>
internal sealed class RemovalBuilder(Target target, bool deleteBuckets, JobFate jobs, TimeProvider clock)
{
    private readonly Buckets buckets = new(target);
    private readonly ComputeEnvironments environments = new(target);
    private readonly JobQueues queues = new(target);
    private readonly JobDefinitions definitions = new(target);
    private readonly LambdaFunctions lambdas = new(target);
    private readonly Notifications notifications = new(target, isRemoval: true);
    private readonly EventRules rules = new(target);
    private readonly Roles roles = new(target);
    private readonly List<string> kept = [];

    /// <param name="functions">Functions to take away.</param>
    /// <param name="data">Their buckets, as far as they are known.</param>
    /// <param name="artifacts">The buckets of their artifacts that their file names.</param>
    /// <param name="named">Queues that their file names.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<DeployPlan> Build(
        IReadOnlyList<string> functions, IReadOnlyList<string> data, IReadOnlyList<string> artifacts, IReadOnlyList<string> named, CancellationToken cancellation)
    {
        var listed = functions.Count >= PlanBuilder.Many ? await new RoleListing(target).Read(cancellation) : null;
        var statements = await Several.Select(functions, f => Starting(f, cancellation));
        var started = await Rules(functions, statements.Any(s => s.Rule is not null), cancellation);
        var known = statements.SelectMany(s => s.Buckets.Keys).Concat(data)
            .Concat(started.Values.SelectMany(rule => rule.SwitchedOn.Concat(TriggerPattern.BucketsOf(rule.Pattern)))).Distinct().ToList();
        var looked = await Several.Select(known, async b => (Bucket: b, State: await buckets.Find(b, cancellation)));
        var existing = looked.Where(b => b.State.Exists).Select(b => b.Bucket).ToList();
        kept.AddRange(looked.Where(b => b.State.Lost is not null).Select(b => $"{b.State.Lost}; a notification of ours there stays, if there is one"));
        var off = await Switches(started, cancellation);
        var parts = (await Several.Select(functions, f => RemovalParts.Find(target, f, listed, cancellation))).Where(IsOurs).ToList();
        kept.AddRange(parts.SelectMany(part => part.Others));
        var owners = parts.Select(part => part.Name).ToHashSet();
        var silenced = (await Several.Select(existing, b => notifications.Plan(b, true, owners, [], off.Contains(b) ? false : null, [], cancellation))).OfType<Step>().ToList();
        silenced.AddRange(started.Select(one => rules.PlanRemoval(one.Key, one.Value, [.. silenced], comesBack: false)).ToList());
        var stopped = parts.Where(part => part.Lambda is not null).ToDictionary(part => part.Name, part => Stop(part, silenced));
        var ended = await new JobPlans(target, jobs).Plan(parts, named, [.. silenced, .. stopped.Values], kept, cancellation);
        List<Step> steps = [.. silenced, .. stopped.Values, .. ended.Steps];
        var removed = await Several.Select(
            parts, part => Rest(part, [.. silenced, .. stopped.Values.Where(step => step.Name == part.Name), .. ended.Of(part.Name)], ended.Keeps(part.Name), cancellation));
        steps.AddRange(removed.SelectMany(r => r));
        var holding = parts.Select(part => part.Lambda?.Tags?.GetValueOrDefault(Tags.Artifacts)).OfType<string>().Concat(artifacts).Append(target.ArtifactBucket).ToHashSet();
        if (deleteBuckets)
        {
            steps.AddRange(existing.Where(bucket => !holding.Contains(bucket)).Select(bucket => DeleteBucket(bucket, [.. steps])));
        }
        else
        {
            kept.AddRange(existing.Where(bucket => !holding.Contains(bucket)).Select(bucket => $"bucket '{bucket}' and what is in it"));
        }

        if (functions.Count > 0)
        {
            steps.AddRange(await new SharedRemoval(target, ended).Plan(stopped.Keys.ToHashSet(), [.. steps], kept, cancellation));
            steps.AddRange(await new TemplateRemoval(target, clock).Plan([.. steps], kept, cancellation));
        }

        foreach (var bucket in holding.Order(StringComparer.Ordinal))
        {
            if ((await buckets.Find(bucket, cancellation)).Exists)
            {
                kept.Add($"artifact bucket '{bucket}' with claims and run records");
            }
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
        catch (AmazonServiceException e) when (!expected && IsDenied(e))
        {
            return [];
        }
    }

    /// <summary>Buckets that told EventBridge for these rules alone.</summary>
    private async Task<HashSet<string>> Switches(Dictionary<string, FoundEventRule> started, CancellationToken cancellation)
    {
        var marked = started.Values.SelectMany(rule => rule.SwitchedOn).Distinct().ToList();
        var unused = await new EventBridgePlan(target, notifications, rules).Unused(marked, [.. started.Values], cancellation);
        kept.AddRange(marked.Except(unused).Select(bucket => $"EventBridge on bucket '{bucket}', which other rules use"));
        return [.. unused];
    }

    /// <summary>What may call it: by its alias, or itself when it is older than that.</summary>
    private async Task<FunctionStatements> Starting(string function, CancellationToken cancellation)
    {
        var permissions = new Permissions(target);
        var (alias, former) = (permissions.Find(function, Names.Live, cancellation), permissions.Find(function, null, cancellation));
        return (await alias).And(await former);
    }

    private bool IsOurs(RemovalParts part)
    {
        if (part.IsForeign)
        {
            kept.Add($"Lambda function '{part.Name}', which scarnet did not make");
        }
        else if (part.Lambda?.Configuration?.VpcConfig?.SubnetIds is { Count: > 0 } subnets)
        {
            // Source: docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
            kept.Add($"network interfaces of function '{part.Name}' in {string.Join(", ", subnets)}, which Lambda takes away within some 20 minutes");
        }

        return !part.IsForeign;
    }

    // Its versions, its alias, their policy and retries, and its concurrency go with it.
    private Step Stop(RemovalParts part, IReadOnlyList<Step> after) => Delete("function", part.Name, part.Name, after, ct => lambdas.Delete(part.Name, ct));

    private async Task<List<Step>> Rest(RemovalParts part, IReadOnlyList<Step> after, bool keepsJobs, CancellationToken cancellation)
    {
        var (name, steps, last) = (part.Name, new List<Step>(), after);
        if (!keepsJobs)
        {
            steps.AddRange(part.Definitions.Select(d => $"{d.JobDefinitionName}:{d.Revision}").Select(revision =>
                Delete("job definition", revision, name, last, ct => definitions.Deregister(revision, ct))));
            if (part.HasQueue)
            {
                steps.Add(Delete("job queue", Names.Own(name), name, last, ct => queues.Delete(Names.Own(name), ct)));
                last = [steps[^1]];
            }

            if (part.HasEnvironment)
            {
                steps.Add(Delete("compute environment", Names.Own(name), name, last, ct => environments.Delete(Names.Own(name), ct)));
            }
        }

        steps.AddRange(await Repository(name, part.Lambda, last, cancellation));
        if (part.HasLogGroup)
        {
            steps.Add(Delete("log group", Names.LogGroup(name), name, last, ct => new LogGroups(target).Delete(Names.LogGroup(name), ct)));
        }

        // What ran as them is gone by then.
        var users = new List<Step>(steps);
        steps.AddRange(part.Roles.Where(role => !(keepsJobs && role.Name == Core.Iam.RoleNames.Job(name, target.Region))).Select(role =>
            Delete("role", role.Name, name, [.. after, .. users], ct => roles.Delete(role.Name, ct))));
        return steps;
    }

    // Who never had an image in Lambda need not be allowed to ask ECR. Of a function that is gone nobody knows what it had.
    private async Task<IReadOnlyList<Step>> Repository(string name, GetFunctionResponse? function, IReadOnlyList<Step> after, CancellationToken cancellation)
    {
        var (repositories, repository) = (new Repositories(target), DerivedImage.RepositoryOf(name));
        if (target.IsEngine || function?.Configuration?.PackageType == "Zip")
        {
            return [];
        }

        try
        {
            return await repositories.Find(repository, cancellation) is { } found && found.Tags.GetValueOrDefault(Tags.Function) == name
                ? [Delete("repository", repository, name, after, ct => repositories.Delete(repository, ct)) with { Reason = "and every image in it" }]
                : [];
        }
        catch (AmazonServiceException e) when (function is null && IsDenied(e))
        {
            return [];
        }
    }

    private static bool IsDenied(AmazonServiceException e) =>
        e.StatusCode == HttpStatusCode.Forbidden || e.ErrorCode?.StartsWith("AccessDenied", StringComparison.Ordinal) == true;

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
