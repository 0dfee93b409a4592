namespace ScarNet.Core.Functions;

/// <summary>Loops between the functions of a file and those that are deployed already, by the buckets' live notifications.</summary>
/// <remarks>What the file's functions have on the buckets counts for nothing: the file replaces it.</remarks>
public static class LiveLoops
{
    private const string FunctionResource = "function:";

    /// <summary>Lambda functions that a notification can start when a function writes to a bucket.</summary>
    /// <param name="function">Who writes.</param>
    /// <param name="outputs">Where it writes.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="entries">The bucket's live notifications.</param>
    public static IEnumerable<NotificationEntry> Started(
        string function, IReadOnlyList<OutputRule> outputs, string bucket, IEnumerable<NotificationEntry> entries) =>
        entries.Where(entry => TellsOfCreation(entry)
            && outputs.Any(output => OutputReach.CanStart(output, function, TriggerOf(bucket, entry))));

    /// <summary>Name of the Lambda function, whatever its alias or version; null when the entry calls something else.</summary>
    public static string? NameOf(NotificationEntry entry) =>
        entry.Target == NotificationTarget.Function
        && Arn.Parse(entry.Destination) is { Service: "lambda" } arn
        && arn.Resource.StartsWith(FunctionResource, StringComparison.Ordinal)
            ? arn.Resource.Split(':')[1]
            : null;

    /// <summary>One shortest loop through every function of the file that is in one with a deployed function.</summary>
    /// <param name="file">The functions of the file, which do not feed each other in a circle by themselves.</param>
    /// <param name="deployed">Deployed functions whose outputs are known; those that the file has, too, are left out.</param>
    /// <param name="notifications">Of every bucket that was looked at.</param>
    public static IReadOnlyList<IReadOnlyList<PipelineLink>> Find(
        IReadOnlyList<FunctionDefinition> file,
        IEnumerable<LiveFunction> deployed,
        IReadOnlyDictionary<string, IReadOnlyList<NotificationEntry>> notifications)
    {
        var ours = file.Select(function => function.Name).ToHashSet();
        var triggers = notifications
            .SelectMany(bucket => bucket.Value.Where(TellsOfCreation).Select(entry => (Name: NameOf(entry), Trigger: TriggerOf(bucket.Key, entry))))
            .ToLookup(pair => pair.Name ?? "", pair => pair.Trigger);
        var live = deployed.Where(function => !ours.Contains(function.Name)).Select(function => new FunctionDefinition
        {
            Name = function.Name,
            Triggers = [.. triggers[function.Name]],
            Outputs = function.Outputs,
        });
        return [.. LoopCheck.Find(new Pipeline("", [.. file, .. live])).Where(loop =>
            loop.Any(link => ours.Contains(link.From.Name)) && loop.Any(link => !ours.Contains(link.From.Name)))];
    }

    private static bool TellsOfCreation(NotificationEntry entry) =>
        entry.Events.Any(name => TriggerOverlap.EventsMeet(name, NotificationEntry.ObjectCreated));

    private static Trigger TriggerOf(string bucket, NotificationEntry entry) =>
        new(bucket, entry.Prefix, entry.Suffix.Length == 0 ? [] : [entry.Suffix]);
}
