namespace ScarNet.Cli.Deploy;

/// <summary>The steps of one function.</summary>
/// <param name="Plan">The function.</param>
/// <param name="Roles">Its roles, as far as it does not name them.</param>
/// <param name="Before">Uploads and the job definition.</param>
/// <param name="Step">The Lambda function itself.</param>
/// <param name="Live">Its alias, with what comes before and after.</param>
/// <param name="Settings">What is said of its retries and its concurrency.</param>
/// <param name="Permissions">By the bucket that starts it.</param>
/// <param name="Pruned">Old revisions of its job definition that go.</param>
/// <param name="Stale">Buckets that S3 may call it for and that no longer start it.</param>
/// <param name="RuleStatement">Whether the statement that lets its rule of EventBridge call it is as it should be; null when there is none.</param>
/// <param name="There">What is there of it.</param>
internal sealed record FunctionSteps(
    FunctionPlan Plan,
    IReadOnlyList<Step> Roles,
    IReadOnlyList<Step> Before,
    Step Step,
    LivePlan Live,
    IReadOnlyList<Step> Settings,
    IReadOnlyDictionary<string, Step> Permissions,
    IReadOnlyList<Step> Pruned,
    IReadOnlyList<string> Stale,
    bool? RuleStatement,
    SeenFunction There);
