using System.Collections.Concurrent;
using Amazon.Runtime;
using ScarNet.Aws.EventBridge;
using ScarNet.Aws.EventBridge.Model;
using ScarNet.Core;
using ScarNet.Core.Functions;
using RuleTarget = ScarNet.Aws.EventBridge.Model.Target;

namespace ScarNet.Cli.Deploy;

/// <summary>Rules of EventBridge's default bus that start functions: one for each function with <c>trigger: eventbridge</c>.</summary>
internal sealed class EventRules(Target target)
{
    private const string Enabled = "ENABLED";
    private const string Concurrent = "ConcurrentModificationException";
    private const string Unknown = "ResourceNotFoundException";

    /// <summary>Of the one target that is ours; others may add theirs.</summary>
    private const string TargetId = "scarnet";

    /// <summary>EventBridge refuses two changes of a rule at once, and knows a fresh rule not everywhere at once.</summary>
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, Lazy<Task<FoundEventRule>>> read = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<RuleTarget>>>> targets = new();
    private readonly Lock gate = new();
    private Task<IReadOnlyList<Rule>>? all;

    /// <summary>Every rule of the bus, read once for a plan.</summary>
    public Task<IReadOnlyList<Rule>> All(CancellationToken cancellation)
    {
        lock (gate)
        {
            return all ??= List(cancellation);
        }
    }

    /// <summary>The rule of a function, whoever made it; null when there is none.</summary>
    public async Task<FoundEventRule?> Find(string function, CancellationToken cancellation) =>
        (await All(cancellation)).FirstOrDefault(rule => rule.Name == Names.EventRule(function)) is { } rule ? await Read(rule, cancellation) : null;

    /// <summary>With its targets and tags.</summary>
    public Task<FoundEventRule> Read(Rule rule, CancellationToken cancellation) =>
        read.GetOrAdd(rule.Name!, _ => new(() => ReadNow(rule, cancellation))).Value;

    /// <summary>What a rule tells.</summary>
    public Task<IReadOnlyList<RuleTarget>> Targets(Rule rule, CancellationToken cancellation) => targets.GetOrAdd(
        rule.Name!,
        _ => new(async () => (await target.Clients.EventBridge.ListTargetsByRuleAsync(new() { Rule = rule.Name }, cancellation)).Targets ?? [])).Value;

    /// <param name="function">The function.</param>
    /// <param name="found">Its rule as it is.</param>
    /// <param name="switchedOn">Buckets whose EventBridge is switched on for it.</param>
    /// <param name="after">Steps that come before.</param>
    /// <exception cref="ScarException">Somebody else has a rule of that name.</exception>
    public Step Plan(FunctionPlan function, FoundEventRule? found, IReadOnlyList<string> switchedOn, IReadOnlyList<Step> after)
    {
        if (found is not null && !found.IsOf(function.Name))
        {
            throw new ScarException(
                $"rule '{found.Name}' of EventBridge exists and was not made by scarnet for function '{function.Name}'",
                $"choose another name for the function, or tag the rule '{Tags.Function}={function.Name}' if scarnet may take it over");
        }

        var pattern = TriggerPattern.Of(function.Function.Triggers);
        var wanted = Wanted(function.Function);
        var tags = function.ResourceTags.Concat(switchedOn.Select(bucket => KeyValuePair.Create(Tags.SwitchedOn + bucket, "yes"))).ToDictionary();
        var step = new Step
        {
            Kind = StepKind.Keep,
            Resource = "event rule",
            Name = Names.EventRule(function.Name),
            Function = function.Name,
            Reason = "is as it should be",
            After = after,
        };
        var changes = found is null ? [] : Changes(found, pattern, wanted, tags).ToList();
        return found is not null && changes.Count == 0 ? step : step with
        {
            Kind = found is null ? StepKind.Create : StepKind.Update,
            Reason = found is null ? "EventBridge has to tell the function of new objects" : "what starts the function has changed",
            Changes = changes,
            Action = (run, ct) => Write(step.Name, pattern, wanted, tags, found, run, ct),
        };
    }

    /// <param name="function">The function.</param>
    /// <param name="found">Its rule.</param>
    /// <param name="after">Steps that come before.</param>
    /// <param name="comesBack">Whether it is made again when the run fails: when the function itself stays.</param>
    public Step PlanRemoval(string function, FoundEventRule found, IReadOnlyList<Step> after, bool comesBack) => new()
    {
        Kind = StepKind.Delete,
        Resource = "event rule",
        Name = found.Name,
        Function = function,
        Reason = "EventBridge no longer starts the function",
        After = after,
        Action = (run, ct) =>
        {
            if (comesBack)
            {
                run.Created(undo => Restore(found, found.Targets, [.. found.Tags.Keys], undo));
            }

            return Delete(found.Name, ct);
        },
    };

    /// <summary>Forgets that a bucket's EventBridge was switched on for a rule.</summary>
    public async Task Unmark(FoundEventRule rule, string bucket, CancellationToken cancellation) =>
        await target.Clients.EventBridge.UntagResourceAsync(new() { ResourceARN = rule.Arn, TagKeys = [Tags.SwitchedOn + bucket] }, cancellation);

    /// <summary>Undoes <see cref="Unmark"/>.</summary>
    public async Task Mark(FoundEventRule rule, string bucket, CancellationToken cancellation) =>
        await target.Clients.EventBridge.TagResourceAsync(
            new() { ResourceARN = rule.Arn, Tags = [new() { Key = Tags.SwitchedOn + bucket, Value = rule.Tags[Tags.SwitchedOn + bucket] }] }, cancellation);

    // EventBridge itself sends only to queues what it could not deliver; what the function failed at is Lambda's to send.
    private RuleTarget Wanted(FunctionDefinition function) => new()
    {
        Id = TargetId,
        Arn = target.LiveArn(function.Name),
        DeadLetterConfig = function.DeadLetter is { } letters && Arn.Parse(letters) is { Service: "sqs" } ? new() { Arn = letters } : null,
    };

    private static IEnumerable<StepChange> Changes(FoundEventRule found, string pattern, RuleTarget wanted, Dictionary<string, string> tags)
    {
        var there = found.Targets.FirstOrDefault(one => one.Id == TargetId);
        (string Field, string? Old, string? New)[] fields =
        [
            ("EventPattern", found.Pattern, pattern),
            ("State", found.State, Enabled),
            ("target", there?.Arn, wanted.Arn),
            ("dead letters", there?.DeadLetterConfig?.Arn, wanted.DeadLetterConfig?.Arn),
            .. Tags.Missing(found.Tags, tags).Select(tag => ($"tag {tag.Key}", found.Tags.GetValueOrDefault(tag.Key), (string?)tag.Value)),
        ];
        return fields.Where(field => field.Old != field.New).Select(field => new StepChange(field.Field, field.Old, field.New));
    }

    private async Task Write(
        string name, string pattern, RuleTarget wanted, Dictionary<string, string> tags, FoundEventRule? found, StepRun run, CancellationToken cancellation)
    {
        var rule = Request(name, pattern, Enabled, tags);
        if (found is null)
        {
            rule.Tags = Listed(tags);
            await run.Create(() => Patiently(ct => target.Clients.EventBridge.PutRuleAsync(rule, ct), cancellation), undo => Delete(name, undo));
        }
        else
        {
            var missing = Tags.Missing(found.Tags, tags);
            var ours = IsTold(found, wanted) ? null : found.Targets.Where(one => one.Id == TargetId).ToList();
            await run.Create(
                () => Patiently(ct => target.Clients.EventBridge.PutRuleAsync(rule, ct), cancellation), undo => Restore(found, ours, [.. missing.Keys], undo));
            if (missing.Count > 0)
            {
                await Patiently(ct => target.Clients.EventBridge.TagResourceAsync(new() { ResourceARN = found.Arn, Tags = Listed(missing) }, ct), cancellation);
            }
        }

        if (found is null || !IsTold(found, wanted))
        {
            await PutTargets(name, [wanted], cancellation);
        }
    }

    private static bool IsTold(FoundEventRule rule, RuleTarget wanted) => rule.Targets.Any(
        one => (one.Id, one.Arn, one.DeadLetterConfig?.Arn) == (wanted.Id, wanted.Arn, wanted.DeadLetterConfig?.Arn));

    private static PutRuleRequest Request(string name, string pattern, string state, IReadOnlyDictionary<string, string> tags) =>
        new() { Name = name, EventPattern = pattern, State = state, Description = $"Starts function '{tags[Tags.Function]}'." };

    /// <summary>Makes a rule again what it was.</summary>
    /// <param name="found">As it was.</param>
    /// <param name="targets">Of its targets those that have been changed, as they were; none takes ours away, null leaves them alone.</param>
    /// <param name="tags">Keys of the tags that have been changed.</param>
    /// <param name="cancellation">Ends the wait.</param>
    private async Task Restore(FoundEventRule found, IReadOnlyList<RuleTarget>? targets, IReadOnlyList<string> tags, CancellationToken cancellation)
    {
        await Patiently(ct => target.Clients.EventBridge.PutRuleAsync(Request(found.Name, found.Pattern, found.State, found.Tags), ct), cancellation);
        if (targets is not null)
        {
            await (targets.Count > 0 ? PutTargets(found.Name, [.. targets], cancellation) : Patiently(ct => RemoveTargets(found.Name, [TargetId], ct), cancellation));
        }

        var (had, added) = (tags.Where(found.Tags.ContainsKey).ToList(), tags.Where(key => !found.Tags.ContainsKey(key)).ToList());
        if (had.Count > 0)
        {
            var old = Listed(had.Select(key => KeyValuePair.Create(key, found.Tags[key])));
            await Patiently(ct => target.Clients.EventBridge.TagResourceAsync(new() { ResourceARN = found.Arn, Tags = old }, ct), cancellation);
        }

        if (added.Count > 0)
        {
            await Patiently(ct => target.Clients.EventBridge.UntagResourceAsync(new() { ResourceARN = found.Arn, TagKeys = added }, ct), cancellation);
        }
    }

    private Task<bool> PutTargets(string rule, List<RuleTarget> targets, CancellationToken cancellation) => Poll.Again(
        async ct =>
        {
            var answer = await target.Clients.EventBridge.PutTargetsAsync(new() { Rule = rule, Targets = targets }, ct);
            return Took(answer.FailedEntries, failed => $"EventBridge does not take '{targets.Find(one => one.Id == failed.TargetId)?.Arn}' as target of rule '{rule}'");
        },
        e => Passes(e) || IsUnknown(e),
        longest,
        cancellation);

    private async Task<bool> RemoveTargets(string rule, List<string> ids, CancellationToken cancellation)
    {
        var answer = await target.Clients.EventBridge.RemoveTargetsAsync(new() { Rule = rule, Ids = ids }, cancellation);
        return Took(answer.FailedEntries?.Where(failed => failed.ErrorCode != Unknown), failed => $"EventBridge does not take target '{failed.TargetId}' off rule '{rule}'");
    }

    // What it has not done of a call, EventBridge says in an answer that is none of an error.
    private static bool Took(IEnumerable<FailedEntry>? entries, Func<FailedEntry, string> refusal) => (entries ?? []).ToList() switch
    {
        [{ ErrorCode: Concurrent } failed, ..] => throw new AmazonEventBridgeException(failed.ErrorMessage ?? Concurrent) { ErrorCode = Concurrent },
        [var failed, ..] => throw new ScarException($"{refusal(failed)}: {failed.ErrorCode}: {failed.ErrorMessage}"),
        _ => true,
    };

    private static Task<T> Patiently<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellation) => Poll.Again(call, Passes, longest, cancellation);

    private static bool Passes(Exception e) => e is AmazonServiceException { ErrorCode: Concurrent };

    private static bool IsUnknown(Exception e) => e is AmazonServiceException { ErrorCode: Unknown };

    // A rule whose targets have just been taken off has them for a while longer.
    private static bool HasTargets(Exception e) =>
        e is AmazonServiceException { ErrorCode: "ValidationException" } && e.Message.Contains("since it has targets", StringComparison.Ordinal);

    private Task<bool> Delete(string name, CancellationToken cancellation) => Poll.Again(
        async ct =>
        {
            await DeleteNow(name, ct);
            return true;
        },
        e => Passes(e) || HasTargets(e),
        longest,
        cancellation);

    private async Task DeleteNow(string name, CancellationToken cancellation)
    {
        try
        {
            var targets = await target.Clients.EventBridge.ListTargetsByRuleAsync(new() { Rule = name }, cancellation);
            if (targets.Targets is { Count: > 0 } there)
            {
                await RemoveTargets(name, [.. there.Select(one => one.Id!)], cancellation);
            }

            await target.Clients.EventBridge.DeleteRuleAsync(new() { Name = name }, cancellation);
        }
        catch (AmazonServiceException e) when (IsUnknown(e))
        {
            // That is what was wanted.
        }
    }

    private async Task<IReadOnlyList<Rule>> List(CancellationToken cancellation)
    {
        var rules = new List<Rule>();
        var request = new ListRulesRequest();
        do
        {
            var page = await target.Clients.EventBridge.ListRulesAsync(request, cancellation);
            rules.AddRange(page.Rules ?? []);
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
        return rules;
    }

    private async Task<FoundEventRule> ReadNow(Rule rule, CancellationToken cancellation)
    {
        var told = Targets(rule, cancellation);
        var tags = await target.Clients.EventBridge.ListTagsForResourceAsync(new() { ResourceARN = rule.Arn }, cancellation);
        return new(
            rule.Name!,
            rule.Arn!,
            rule.EventPattern ?? "{}",
            rule.State ?? Enabled,
            await told,
            (tags.Tags ?? []).ToDictionary(tag => tag.Key!, tag => tag.Value ?? ""));
    }

    private static List<Tag> Listed(IEnumerable<KeyValuePair<string, string>> tags) => [.. tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })];
}
