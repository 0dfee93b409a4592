using System.Text;
using ScarNet.Core.Events;
using ScarNet.Core.Functions;

namespace ScarNet.Core.Jobs;

/// <summary>Where the files of a run go, decided as a whole before the first one is uploaded.</summary>
/// <param name="Uploads">Each target once; small files first, so that what there is little time for is as much as possible.</param>
/// <param name="Unclaimed">Files that no rule takes: they stay behind.</param>
/// <param name="Missing">Rules that got fewer files than they want.</param>
/// <param name="Problems">Why nothing may be uploaded, one line each; empty when the plan can be carried out.</param>
public sealed record OutputPlan(
    IReadOnlyList<PlannedOutput> Uploads,
    IReadOnlyList<ProducedFile> Unclaimed,
    IReadOnlyList<MissingOutput> Missing,
    IReadOnlyList<string> Problems)
{
    // Source: docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
    private const int MaxKeyBytes = 1024;

    /// <summary>The plan of a run that succeeded, or of a failed one whose function says <see cref="FailurePolicy.Upload"/>.</summary>
    public static OutputPlan Of(IReadOnlyList<ProducedFile> files, IReadOnlyList<OutputRule> rules, OutputNames names)
    {
        var plan = Place(files, rules, (rule, file) => new(rule.Bucket, rule.KeyFor(file.RelativePath, names)));
        var found = rules.Select(rule => new MissingOutput(rule, rule.Wanted == 0 ? 0 : files.Count(f => rule.Takes(f.RelativePath))));
        return plan with { Missing = [.. found.Where(rule => rule.Found < rule.Rule.Wanted)] };
    }

    /// <summary>The plan of a run that failed.</summary>
    public static OutputPlan OfFailure(
        IReadOnlyList<ProducedFile> files, IReadOnlyList<OutputRule> rules, OutputNames names, FailurePolicy policy, string invocationId) =>
        policy switch
        {
            FailurePolicy.Upload => Of(files, rules, names) with { Missing = [] },
            FailurePolicy.Keep => Place(
                files,
                rules,
                (rule, file) => new(rule.Bucket, $"{OutputRule.FailedPrefix}{names.Function}/{invocationId}/{file.RelativePath}")),
            _ => new([], [], [], []),
        };

    private static OutputPlan Place(
        IReadOnlyList<ProducedFile> files, IReadOnlyList<OutputRule> rules, Func<OutputRule, ProducedFile, ObjectPath> place)
    {
        var byTarget = new SortedDictionary<string, PlannedOutput>(StringComparer.Ordinal);
        var unclaimed = new List<ProducedFile>();
        var problems = new List<string>();
        foreach (var file in files.OrderBy(f => f.RelativePath, StringComparer.Ordinal))
        {
            var targets = rules.Where(rule => rule.Takes(file.RelativePath)).Select(rule => (Key: place(rule, file), rule.Properties))
                .DistinctBy(target => target.Key).ToList();
            if (targets.Count == 0)
            {
                unclaimed.Add(file);
            }

            foreach (var (target, properties) in targets)
            {
                if (!byTarget.TryAdd(target.ToString(), new(file, target, properties)))
                {
                    var other = byTarget[target.ToString()].File.RelativePath;
                    problems.Add($"the outputs '{other}' and '{file.RelativePath}' would both become '{target}'");
                }
                else if (Encoding.UTF8.GetByteCount(target.Key) > MaxKeyBytes)
                {
                    problems.Add($"the key of the output '{file.RelativePath}' would be longer than S3's {MaxKeyBytes} bytes: '{target}'");
                }
            }
        }

        return new([.. byTarget.Values.OrderBy(planned => planned.File.Size)], unclaimed, [], problems);
    }
}
