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
    public Step Unmarking(Step notifications, string bucket, EventRules rules) => !Marks.Contains(bucket) ? notifications : notifications with
    {
        Kind = notifications.Kind == StepKind.Keep ? StepKind.Update : notifications.Kind,
        Action = async (run, ct) =>
        {
            await notifications.Action(run, ct);
            foreach (var rule in Marks[bucket])
            {
                await rules.Unmark(rule, bucket, ct);
            }
        },
    };
}
