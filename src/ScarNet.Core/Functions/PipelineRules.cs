namespace ScarNet.Core.Functions;

/// <summary>What the functions of a pipeline must be to each other.</summary>
internal static class PipelineRules
{
    public static IEnumerable<Problem> Check(Pipeline pipeline) =>
        Names(pipeline).Concat(DeploymentBuckets(pipeline)).Concat(Overlaps(pipeline)).Concat(Loops(pipeline));

    private static IEnumerable<Problem> Names(Pipeline pipeline)
    {
        var first = new Dictionary<string, FunctionDefinition>();
        foreach (var function in pipeline.Functions.Where(function => !first.TryAdd(function.Name, function)))
        {
            yield return new Problem(
                function.Place, $"duplicate function '{function.Name}'", $"it is defined at {first[function.Name].Place} already; give one of them another name");
        }
    }

    /// <summary>ScarNet writes into such a bucket whenever a function runs: nothing may be started by that.</summary>
    private static IEnumerable<Problem> DeploymentBuckets(Pipeline pipeline) =>
        from function in pipeline.Functions
        where function.DeploymentBucket is not null
        let reader = pipeline.Functions.FirstOrDefault(other => other.Triggers.Any(trigger => trigger.Bucket == function.DeploymentBucket))
        where reader is not null
        select new Problem(
            function.PlaceOf(nameof(FunctionDefinition.DeploymentBucket)),
            $"deployment bucket '{function.DeploymentBucket}' of function '{function.Name}' is an input bucket of function '{reader.Name}'",
            "ScarNet's own records go to the deployment bucket: take one that starts nothing, or leave it out");

    private static IEnumerable<Problem> Overlaps(Pipeline pipeline)
    {
        var buckets =
            from function in pipeline.Functions
            where function.EventRoute == EventRoute.S3 // EventBridge tells everybody who asks
            from index in Enumerable.Range(0, function.Triggers.Count)
            let trigger = function.Triggers[index]
            group new Subscription(function, function.PlaceOf($"{nameof(FunctionDefinition.Triggers)}.{index}"), [.. trigger.Filters]) by trigger.Bucket;
        return buckets.SelectMany(bucket => OverlapsIn(bucket.Key, [.. bucket]));
    }

    private static IEnumerable<Problem> OverlapsIn(string bucket, List<Subscription> subscriptions)
    {
        var notifications = subscriptions.Sum(subscription => subscription.Filters.Count);
        if (notifications > AwsLimits.NotificationsPerBucket)
        {
            yield return new Problem(
                subscriptions[^1].Place,
                $"bucket '{bucket}' would need {notifications} notifications: S3 takes {AwsLimits.NotificationsPerBucket}",
                "each prefix with each suffix is one; use fewer of them, more buckets, or 'trigger: eventbridge'");
            yield break;
        }

        for (var i = 0; i < subscriptions.Count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                if (subscriptions[i].Overlap(subscriptions[j]) is { } key)
                {
                    yield return Overlap(bucket, subscriptions[j], subscriptions[i], key);
                }
            }
        }
    }

    private static Problem Overlap(string bucket, Subscription first, Subscription second, string key) => new(
        second.Place,
        ReferenceEquals(first, second)
            ? $"two suffixes of an input of function '{first.Function.Name}' overlap in bucket '{bucket}': both take '{key}'"
            : ReferenceEquals(first.Function, second.Function)
            ? $"two inputs of function '{first.Function.Name}' overlap in bucket '{bucket}': both take '{key}'"
            : $"functions '{first.Function.Name}' and '{second.Function.Name}' would both be started by '{key}' in bucket '{bucket}'",
        ReferenceEquals(first.Function, second.Function)
            ? "S3 refuses overlapping triggers: give each its own prefix or suffix, or the function 'trigger: eventbridge'"
            : "S3 refuses overlapping triggers: give each its own prefix or suffix, or one of the functions 'trigger: eventbridge'");

    private static IEnumerable<Problem> Loops(Pipeline pipeline) => LoopCheck.Find(pipeline).Select(loop =>
    {
        var function = loop[0].From;
        var chain = string.Join(" → ", loop.Select(link => $"'{link.From.Name}'").Append($"'{function.Name}'"));
        var index = function.Outputs.ToList().IndexOf(loop[0].Output);
        return new Problem(
            function.PlaceOf($"{nameof(FunctionDefinition.Outputs)}.{index}"),
            loop.Count == 1
                ? $"function '{function.Name}' feeds itself: its output '{loop[0].Output}' lies in its input '{loop[0].Trigger}'"
                : $"functions feed each other in a circle: {chain}",
            "write the results to a prefix or bucket that is no input of these functions");
    });

    private sealed record Subscription(FunctionDefinition Function, Place? Place, IReadOnlyList<KeyFilter> Filters)
    {
        /// <summary>A key that a filter of each takes; two different filters when both are the same subscription.</summary>
        public string? Overlap(Subscription other)
        {
            for (var i = 0; i < Filters.Count; i++)
            {
                for (var j = 0; j < (ReferenceEquals(this, other) ? i : other.Filters.Count); j++)
                {
                    var (mine, theirs) = (Filters[i], other.Filters[j]);
                    if (TriggerOverlap.Witness(mine.Prefix, mine.Suffix, theirs.Prefix, theirs.Suffix) is { } key)
                    {
                        return key;
                    }
                }
            }

            return null;
        }
    }
}
