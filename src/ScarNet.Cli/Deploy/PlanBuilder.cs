using ScarNet.Aws.Lambda.Model;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Deploy;

/// <summary>Puts the steps of all functions of one target together. Looks at everything at once; a step waits only for those it follows.</summary>
internal sealed class PlanBuilder(Target target, IReadOnlyList<FunctionPlan> functions, SupervisorBinary supervisor, RoleBoundary boundary)
{
    /// <summary>From so many functions on, all roles and artifacts are read at once instead of each.</summary>
    public const int Many = 20;

    private readonly Buckets buckets = new(target);
    private readonly JobDefinitions definitions = new(target);
    private readonly LambdaFunctions lambdas = new(target);
    private readonly Permissions permissions = new(target);
    private readonly EventInvokeConfigs retries = new(target);
    private readonly ReservedConcurrency concurrency = new(target);
    private readonly Notifications notifications = new(target);
    private readonly EventRules rules = new(target);
    private Artifacts artifacts = new(target);
    private Roles roles = new(target, boundary);

    public async Task<DeployPlan> Build(CancellationToken cancellation)
    {
        var artifactBuckets = await ByName(functions.Select(f => f.ArtifactBucket), "holds claims, run records and the supervisor", cancellation);
        if (functions.Count >= Many)
        {
            var there = artifactBuckets.Values.Where(bucket => bucket.Kind == StepKind.Keep).Select(bucket => bucket.Name);
            (artifacts, roles) = (
                new(target, await Artifacts.List(target, there, cancellation)), new(target, boundary, await new RoleListing(target).Read(cancellation)));
        }

        var dataBuckets = ByName(
            functions.SelectMany(f => f.Function.Triggers.Select(t => t.Bucket).Concat(f.Function.Outputs.Select(o => o.Bucket)))
                .Except(artifactBuckets.Keys),
            "holds inputs or outputs",
            cancellation);
        var supervisors = Supervisors(artifactBuckets, cancellation);
        var compute = Compute(supervisors, cancellation);
        var groups = Several.Select(functions, f => new LogGroups(target).Plan(f, cancellation));
        var granted = FunctionRoleSet.Of(target, [.. functions.Select(f => f.Function)]);
        var parts = await Several.Select(
            functions.Zip(granted), f => Function(f.First, f.Second, artifactBuckets, supervisors, compute, groups, cancellation));
        parts = [.. parts.Select(part => part with { Settings = AfterDestination(part, parts) })];
        var bridge = await new EventBridgePlan(target, notifications, rules).Plan(parts, await dataBuckets, cancellation);
        var (moving, stands) = (new Migration(target, notifications), await dataBuckets);
        var moves = await moving.Moves(parts, bucket => Exists(bucket, stands, cancellation), cancellation);
        var notify = await Notify(parts, bridge, moves, await dataBuckets, cancellation);
        var missing = (await dataBuckets).Values.Where(bucket => bucket.Kind == StepKind.Create).Select(bucket => bucket.Name).ToHashSet();
        var warnings = await new LiveFunctions(target, notifications, rules, [.. functions.Select(f => f.Function)], missing).Check(cancellation);
        return new DeployPlan(
        [
            .. artifactBuckets.Values,
            .. (await supervisors).Values,
            .. await groups,
            .. (await compute).Steps,
            .. parts.SelectMany(p => p.Roles),
            .. parts.SelectMany(p => p.Before),
            .. parts.Select(p => p.Step),
            .. moves.Values,
            .. parts.Select(p => p.Live.Alias),
            .. parts.SelectMany(p => p.Settings),
            .. parts.SelectMany(p => p.Live.Pruned),
            .. parts.SelectMany(p => p.Pruned),
            .. (await dataBuckets).Values,
            .. parts.SelectMany(p => p.Permissions.Values),
            .. bridge.Permissions.Values,
            .. bridge.Rules.Values,
            .. notify,
            .. parts.SelectMany(p => Stale(p, bridge, notify)),
            .. parts.Where(p => !moves.ContainsKey(p.Plan.Name) && bridge.Rules.GetValueOrDefault(p.Plan.Name) is null or { Kind: StepKind.Keep })
                .Select(p => moving.PlanEnd(p.Plan.Name, p.There, p.Live.Alias)).OfType<Step>(),
        ])
        {
            Warnings = [.. warnings, .. parts.Where(p => p.Step.Kind == StepKind.Replace && p.Plan.InputBuckets.Count > 0).Select(Gap)],
        };
    }

    private static string Gap(FunctionSteps part) =>
        $"function '{part.Plan.Name}' is taken away and made anew: {part.Step.Reason}; objects that come meanwhile start nothing, and 'scarnet run' can take them up";

    private async Task<Dictionary<string, Step>> ByName(
        IEnumerable<string> names, string reason, CancellationToken cancellation) =>
        (await Several.Select(names.Distinct(), name => buckets.Plan(name, reason, cancellation)))
            .ToDictionary(step => step.Name);

    private async Task<Dictionary<string, Step>> Supervisors(Dictionary<string, Step> artifactBuckets, CancellationToken cancellation)
    {
        var needed = functions.Where(f => f.UsesBatch || f.UsesImageInLambda).Select(f => f.ArtifactBucket).Distinct();
        var planned = await Task.WhenAll(needed.Select(async bucket => (Bucket: bucket, Step: await artifacts.Plan(
            "supervisor", bucket, supervisor.Key, () => File.OpenRead(supervisor.Path), artifactBuckets[bucket], null, cancellation))));
        return planned.ToDictionary(p => p.Bucket, p => p.Step);
    }

    private async Task<(IReadOnlyList<Step> Steps, IReadOnlyDictionary<string, string> Queues)> Compute(
        Task<Dictionary<string, Step>> supervisors, CancellationToken cancellation)
    {
        var compute = BatchCompute.Of(functions.Where(f => f.UsesBatch).Select(f => f.Function));
        var mounted = functions.Where(f => f.UsesBatch).SelectMany(
            f => compute.EnvironmentsOf(f.Name), (f, name) => (Name: name, Supervisor: $"{f.ArtifactBucket}/{supervisor.Sha256}")).Distinct().ToLookup(p => p.Name, p => p.Supervisor);
        var (environments, before, after) = await new Machines(target).Plan(
            compute.Environments, mounted, functions.Select(f => f.Name).ToHashSet(), TagsOf, [.. (await supervisors).Values], cancellation);
        var queues = await Task.WhenAll(compute.Queues.Select(plan => new JobQueues(target).Plan(
            plan, [.. plan.Environments.Select(name => environments[name])], TagsOf(plan.Function), cancellation)));
        return ([.. before, .. environments.Values, .. queues, .. after], compute.QueueOf);

        Dictionary<string, string> TagsOf(string? name) =>
            name is null ? new() { [Tags.Pipeline] = Tags.Shared } : functions.First(f => f.Name == name).ResourceTags;
    }

    private async Task<FunctionSteps> Function(
        FunctionPlan function,
        FunctionRoleSet roleSet,
        Dictionary<string, Step> artifactBuckets,
        Task<Dictionary<string, Step>> supervisors,
        Task<(IReadOnlyList<Step> Steps, IReadOnlyDictionary<string, string> Queues)> compute,
        Task<Step[]> groups,
        CancellationToken cancellation)
    {
        var bucket = artifactBuckets[function.ArtifactBucket];
        var seen = SeenFunction.Read(target, function.Name, cancellation);
        var (execution, job) = await Roles(function, roleSet, cancellation);
        var before = new List<Step>(await Attach(function, bucket, cancellation));
        if (function.Derived is { } image)
        {
            var repository = await new Repositories(target).Plan(image, function, cancellation);
            before.AddRange([repository, await new PushedImages(target).Plan(image, function, repository, cancellation)]);
        }

        PlannedDefinition? definition = null;
        if (function.UsesBatch)
        {
            var wanted = DefinitionRequest.Of(function);
            before.AddRange(await Upload(function, wanted.Uploads, bucket, cancellation));
            definition = await definitions.Plan(
                function, wanted, async () => [.. before, .. job, (await supervisors)[function.ArtifactBucket]], cancellation);
            before.Add(definition.Step);
        }

        // An image reads its spec there; of a zip, which holds it, 'ls' and 'run' do.
        var placement = Offload.SpecApart(function.LambdaSpec);
        before.InsertRange(0, await Upload(function, placement.Uploads, bucket, cancellation));

        var (computeSteps, queues) = await compute;
        var queue = queues.GetValueOrDefault(function.Name);
        var after = new List<Step>([.. execution, .. before]) { (await groups).First(g => g.Function == function.Name), bucket };
        after.AddRange(computeSteps.Where(s => s.Name == queue));
        if (function.UsesImageInLambda)
        {
            after.Add((await supervisors)[function.ArtifactBucket]);
        }

        var (wantedFunction, there) = (new WantedFunction(function, queue, placement), await seen);
        var step = lambdas.Plan(wantedFunction, there.Function, definition, after);
        var live = await LivePlan.Of(target, wantedFunction, there, definition, step, cancellation);
        var current = there.Statements;
        var triggers = function.StartsByRule ? [] : function.InputBuckets;
        return new(
            function,
            [.. execution, .. job],
            before,
            step,
            live,
            [.. Settings(function, there, step, live.Alias)],
            Permit(function, triggers, there, live.Alias),
            await Prune(function, definition, there.Function, live, cancellation),
            [.. current.Buckets.Keys.Except(triggers)],
            current.Rule,
            there);
    }

    /// <summary>What may no longer start a function, in turn: Lambda takes one change of a policy at a time.</summary>
    private List<Step> Stale(FunctionSteps part, EventBridgeSteps bridge, IReadOnlyList<Step> notify)
    {
        var (name, steps) = (part.Plan.Name, new List<Step>());
        var changes = part.Permissions.Values.Concat(bridge.Permissions.TryGetValue(name, out var ofRule) ? [ofRule] : []).ToList();
        if (!part.Plan.StartsByRule && bridge.Stale.TryGetValue(name, out var found))
        {
            // Only once S3 tells the function: no object is missed.
            steps.Add(rules.PlanRemoval(name, found, notify, comesBack: true));
        }

        if (!part.Plan.StartsByRule && part.RuleStatement is not null)
        {
            steps.Add(permissions.PlanRuleRemoval(name, [.. notify, .. steps, .. changes]));
            changes.Add(steps[^1]);
        }

        foreach (var bucket in part.Stale)
        {
            steps.Add(permissions.PlanRemoval(name, bucket, [.. notify.Where(n => n.Name == bucket), .. changes]));
            changes.Add(steps[^1]);
        }

        return steps;
    }

    private Dictionary<string, Step> Permit(FunctionPlan function, IEnumerable<string> buckets, SeenFunction there, Step alias)
    {
        var steps = new Dictionary<string, Step>();
        foreach (var bucket in buckets)
        {
            bool? current = there.Statements.Buckets.TryGetValue(bucket, out var right) ? right : null;
            steps.Add(bucket, permissions.Plan(function.Name, bucket, current, alias, there.IsMoving, [.. steps.Values]));
        }

        return steps;
    }

    private async Task<IReadOnlyList<Step>> Prune(
        FunctionPlan function, PlannedDefinition? definition, GetFunctionResponse? found, LivePlan live, CancellationToken cancellation) =>
        definition is { Old.Count: > 0 } && found?.Configuration?.Environment?.Variables?.GetValueOrDefault(SupervisorVariables.JobQueue) is { } queue
            ? await new OldRevisions(target).Plan(
                function.Name, [.. definition.Old.Where(old => !live.Definitions.Contains($"{old.JobDefinitionName}:{old.Revision}"))], queue, live.Alias, cancellation)
            : [];

    private IEnumerable<Step> Settings(FunctionPlan function, SeenFunction there, Step step, Step alias) => new[]
    {
        retries.Plan(function, there.Retries, alias, there.IsMoving),
        concurrency.Plan(function, there.Function?.Concurrency?.ReservedConcurrentExecutions, step),
    }.OfType<Step>();

    // Lambda wants to see the function that failures are sent to.
    private static IReadOnlyList<Step> AfterDestination(FunctionSteps part, IReadOnlyList<FunctionSteps> parts) =>
        part.Plan.Function.FailureDestination is { } destination
            && Arn.Parse(destination) is { Service: "lambda" } arn
            && parts.FirstOrDefault(other => other.Plan.Name == arn.Resource.Split(':')[1]) is { } other
                ? [.. part.Settings.Select(step => step with { After = [.. step.After, other.Live.Alias] })]
                : part.Settings;

    /// <summary>Those that it does not name itself.</summary>
    private async Task<(Step[] Execution, Step[] Job)> Roles(FunctionPlan function, FunctionRoleSet roleSet, CancellationToken cancellation)
    {
        var own = function.Function.Role is not { Length: > 0 };
        var execution = own ? roles.Plan(roleSet.Execution, function, cancellation) : null;
        var job = own && function.Function.Batch.JobRole is not { Length: > 0 } && roleSet.Job is { } wanted
            ? roles.Plan(wanted, function, cancellation)
            : null;
        return (execution is null ? [] : [await execution], job is null ? [] : [await job]);
    }

    private async Task<IReadOnlyList<Step>> Upload(
        FunctionPlan function, IReadOnlyList<Offload.Upload> uploads, Step bucket, CancellationToken cancellation) =>
        await Task.WhenAll(uploads.Select(u => artifacts.Plan(u, function.ArtifactBucket, bucket, function.Name, cancellation)));

    private async Task<IReadOnlyList<Step>> Attach(FunctionPlan function, Step bucket, CancellationToken cancellation) =>
        await Task.WhenAll(function.Attachments.Uploads.Select(upload => artifacts.Plan(
            "file", function.ArtifactBucket, upload.Key, upload.Open, bucket, function.Name, cancellation)));

    private async Task<bool> Exists(string bucket, Dictionary<string, Step> dataBuckets, CancellationToken cancellation) =>
        dataBuckets.GetValueOrDefault(bucket) is { } step ? step.Kind == StepKind.Keep : (await buckets.Find(bucket, cancellation)).Exists;

    private async Task<IReadOnlyList<Step>> Notify(
        IReadOnlyList<FunctionSteps> parts,
        EventBridgeSteps bridge,
        Dictionary<string, Step> moves,
        Dictionary<string, Step> dataBuckets,
        CancellationToken cancellation)
    {
        var owners = functions.Select(f => f.Name).ToHashSet();
        var starting = parts.SelectMany(p => p.Permissions.Keys.Concat(p.Stale).Concat(p.There.Former.Buckets.Keys)).Concat(bridge.Switches.Keys).Distinct();
        var steps = await Several.Select(starting, async bucket =>
        {
            var step = dataBuckets.GetValueOrDefault(bucket);
            var exists = await Exists(bucket, dataBuckets, cancellation);
            var ours = functions.SelectMany(f => NotificationEntry.For(f.Function, bucket, target.LiveArn(f.Name))).ToList();
            // No event comes before the function is as it should be.
            var after = parts.Where(p => p.Permissions.ContainsKey(bucket)).SelectMany(p => p.Settings.Append(p.Permissions[bucket])).ToList();
            after.AddRange(moves.Values);
            after.AddRange(parts.Where(p => p.Plan.StartsByRule && p.Plan.InputBuckets.Contains(bucket)).Select(p => bridge.Rules[p.Plan.Name]));
            if (step is not null)
            {
                after.Add(step);
            }

            // A bucket falls silent once its rules listen elsewhere.
            after.AddRange(bridge.Rules.Values.Where(rule => bridge.Marks[bucket].Any(marked => marked.Name == rule.Name)));
            bool? eventBridge = bridge.Switches.TryGetValue(bucket, out var on) ? on : null;
            return bridge.Unmarking(await notifications.Plan(bucket, exists, owners, ours, eventBridge, after, cancellation), bucket, rules);
        });
        return [.. steps.OfType<Step>()];
    }
}
