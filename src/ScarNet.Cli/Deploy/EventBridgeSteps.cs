namespace ScarNet.Cli.Deploy;

/// <summary>What <c>trigger: eventbridge</c> makes of the functions of a plan.</summary>
/// <param name="Permissions">EventBridge's right to call, by function.</param>
/// <param name="Rules">By function.</param>
/// <param name="Stale">Rules of functions that S3 starts now: they go once S3 does.</param>
/// <param name="Switches">Whether a bucket shall tell EventBridge: of those where that is ours to say.</param>
/// <param name="Marks">By bucket that shall not any more, the rules that stay and have the mark of it.</param>
internal sealed record EventBridgeSteps(
    IReadOnlyDictionary<string, Step> Permissions,
    IReadOnlyDictionary<string, Step> Rules,
    IReadOnlyDictionary<string, FoundEventRule> Stale,
    IReadOnlyDictionary<string, bool> Switches,
    ILookup<string, FoundEventRule> Marks)
{
    public static readonly EventBridgeSteps None = new(
        new Dictionary<string, Step>(), new Dictionary<string, Step>(), new Dictionary<string, FoundEventRule>(), new Dictionary<string, bool>(),
        Array.Empty<FoundEventRule>().ToLookup(rule => rule.Name));

    /// <summary>The step, which then also forgets that the bucket's switch was turned on for rules that stay.</summary>
    /// <param name="notifications">Of the bucket; null when it is as it should be, as after a run that ended between the two.</param>
    /// <param name="bucket">Its name.</param>
    /// <param name="rules">Writes rules.</param>
    public Step? Unmarking(Step? notifications, string bucket, EventRules rules) => !Marks.Contains(bucket) ? notifications : (notifications ?? Off(bucket)) with
    {
        Kind = notifications is { Kind: not StepKind.Keep } ? notifications.Kind : StepKind.Update,
        Action = async (run, ct) =>
        {
            if (notifications is not null)
            {
                await notifications.Action(run, ct);
            }

            foreach (var rule in Marks[bucket])
            {
                run.Created(undo => rules.Mark(rule, bucket, undo));
                await rules.Unmark(rule, bucket, ct);
            }
        },
    };

    private Step Off(string bucket) => new()
    {
        Kind = StepKind.Update,
        Resource = "notifications",
        Name = bucket,
        Reason = "EventBridge is off here, and rules forget that it was switched on for them",
        After = [.. Rules.Values],
    };
}
