using ScarNet.Core.Functions;

namespace ScarNet.Cli.Deploy;

/// <summary>
/// Plans rules of EventBridge and the switches of their buckets. EventBridge bills the events of a bucket that tells it, so a switch that was
/// turned for a function is turned back with the last rule that uses it; a tag of the rule says that it was.
/// </summary>
internal sealed class EventBridgePlan(Target target, Notifications notifications, EventRules rules)
{
    private readonly Permissions permissions = new(target);

    /// <param name="parts">Functions with their steps so far.</param>
    /// <param name="dataBuckets">Their buckets' steps.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<EventBridgeSteps> Plan(
        IReadOnlyList<FunctionSteps> parts, IReadOnlyDictionary<string, Step> dataBuckets, CancellationToken cancellation)
    {
        // Who does not use EventBridge need not be allowed to ask it.
        var wanting = parts.Where(part => part.Plan.StartsByRule).ToList();
        var bridged = parts.Where(part => part.Plan.StartsByRule || part.RuleStatement is not null || part.There.Former.Rule is not null).ToList();
        if (bridged.Count == 0)
        {
            return EventBridgeSteps.None;
        }

        var found = (await Several.Select(bridged, async part => (part.Plan.Name, Rule: await rules.Find(part.Plan.Name, cancellation))))
            .Where(one => one.Rule is not null).ToDictionary(one => one.Name, one => one.Rule!);
        var on = wanting.SelectMany(part => part.Plan.InputBuckets).Distinct().ToList();
        var marks = (await Several.Select(on, async bucket => (Bucket: bucket, IsOurs: await IsOurs(bucket, dataBuckets, bridged, cancellation))))
            .Where(one => one.IsOurs).Select(one => one.Bucket).ToHashSet();
        var rights = wanting.ToDictionary(
            part => part.Plan.Name, part => permissions.PlanRule(part.Plan.Name, part.RuleStatement, part.Live.Alias, part.There.IsMoving));
        var steps = wanting.ToDictionary(
            part => part.Plan.Name,
            part => rules.Plan(
                part.Plan,
                found.GetValueOrDefault(part.Plan.Name),
                [.. part.Plan.InputBuckets.Where(marks.Contains)],
                [.. part.Settings, rights[part.Plan.Name]]));
        var ours = found.Where(one => one.Value.IsOf(one.Key)).ToDictionary();
        var off = await Unused([.. ours.Values.SelectMany(rule => rule.SwitchedOn).Except(on)], [.. found.Values], cancellation);
        return new(
            rights,
            steps,
            ours.Where(one => !steps.ContainsKey(one.Key)).ToDictionary(),
            on.ToDictionary(bucket => bucket, _ => true).Concat(off.ToDictionary(bucket => bucket, _ => false)).ToDictionary(),
            off.SelectMany(bucket => ours.Where(one => steps.ContainsKey(one.Key) && one.Value.SwitchedOn.Contains(bucket)).Select(one => (bucket, one.Value)))
                .ToLookup(one => one.bucket, one => one.Value));
    }

    /// <summary>Of some buckets those of which no rule hears but these.</summary>
    public async Task<IReadOnlyList<string>> Unused(IReadOnlyList<string> buckets, IReadOnlyList<FoundEventRule> but, CancellationToken cancellation)
    {
        if (buckets.Count == 0)
        {
            return [];
        }

        var others = (await rules.All(cancellation)).Where(rule => !but.Any(one => one.Name == rule.Name)).ToList();
        return [.. buckets.Where(bucket => !others.Any(rule => TriggerPattern.MayHear(rule.EventPattern, bucket)))];
    }

    /// <summary>Whether a bucket's switch is turned by us: now, or before for a rule of ours.</summary>
    private async Task<bool> IsOurs(
        string bucket, IReadOnlyDictionary<string, Step> dataBuckets, IReadOnlyList<FunctionSteps> bridged, CancellationToken cancellation)
    {
        if (dataBuckets.GetValueOrDefault(bucket) is { Kind: not StepKind.Keep } || !(await notifications.Seen(bucket, cancellation)).EventBridge)
        {
            return true;
        }

        var names = bridged.Select(part => Names.EventRule(part.Plan.Name)).ToHashSet();
        var users = (await rules.All(cancellation)).Where(rule =>
            names.Contains(rule.Name!) || (Names.IsEventRule(rule.Name!) && TriggerPattern.MayTake(rule.EventPattern ?? "{}", bucket)));
        return (await Several.Select(users, rule => rules.Read(rule, cancellation))).Any(rule => rule.SwitchedOn.Contains(bucket));
    }
}
