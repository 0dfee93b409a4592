using System.Net;
using Amazon.Runtime;
using ScarNet.Aws.EventBridge;
using ScarNet.Cli.Deployed;
using ScarNet.Core;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Deploy;

/// <summary>
/// Follows what the functions of a file write to the functions that are deployed already, and refuses what leads back. Looks only as far
/// as it leads: at the buckets that are written to, and at the functions that are started there.
/// </summary>
/// <param name="target">Where the functions go.</param>
/// <param name="notifications">Reads each bucket once.</param>
/// <param name="rules">Reads the rules once.</param>
/// <param name="file">All functions of the file.</param>
/// <param name="missing">Buckets that are known not to be there yet.</param>
internal sealed class LiveFunctions(
    Target target, Notifications notifications, EventRules rules, IReadOnlyList<FunctionDefinition> file, IReadOnlySet<string> missing)
{
    private readonly Dictionary<string, IReadOnlyList<NotificationEntry>> buckets = [];
    private readonly Dictionary<string, LiveFunction?> functions = [];
    private bool rulesAreHidden;

    /// <returns>Warnings: what may lead back, but nobody knows.</returns>
    /// <exception cref="ScarException">Functions would start each other for ever.</exception>
    public async Task<IReadOnlyList<string>> Check(CancellationToken cancellation)
    {
        await Follow(cancellation);
        var loops = LiveLoops.Find(file, functions.Values.OfType<LiveFunction>(), buckets);
        if (loops.Count > 0)
        {
            throw new ScarException(
                string.Join('\n', loops.Select(Describe)),
                "write the results to a prefix or bucket that starts none of these functions, or take the deployed one away first: "
                + $"'scarnet rm -n {Deployed(loops[0])[0].From.Name}'");
        }

        return
        [
            .. Unknown().Distinct(),
            .. rulesAreHidden ? ["these credentials may not list rules of EventBridge ('events:ListRules'): functions that feed each other through them are not seen"] : (string[])[],
        ];
    }

    private async Task Follow(CancellationToken cancellation)
    {
        var writers = file.Select(function => (function.Name, function.Outputs)).ToList();
        while (writers.Count > 0)
        {
            var unread = writers.SelectMany(writer => writer.Outputs).Select(output => output.Bucket).Distinct().Where(bucket => !buckets.ContainsKey(bucket));
            foreach (var (bucket, entries) in await Task.WhenAll(unread.Select(async bucket => (bucket, await Read(bucket, cancellation)))))
            {
                buckets[bucket] = entries;
            }

            var started = writers.SelectMany(writer => Started(writer.Name, writer.Outputs)).Select(LiveLoops.NameOf).OfType<string>()
                .Distinct().Where(name => !functions.ContainsKey(name) && !file.Any(function => function.Name == name)).ToList();
            var found = await new DeployedFunctions(target.Clients).Live(started, cancellation);
            writers.Clear();
            foreach (var name in started)
            {
                functions[name] = found.GetValueOrDefault(name);
                if (functions[name] is { } live)
                {
                    writers.Add((name, live.Outputs));
                }
            }
        }
    }

    private IEnumerable<NotificationEntry> Started(string name, IReadOnlyList<OutputRule> outputs) => outputs
        .Select(output => output.Bucket).Distinct()
        .SelectMany(bucket => LiveLoops.Started(name, outputs, bucket, buckets[bucket]));

    // A bucket that one may not look at, or of another region, says nothing.
    private async Task<IReadOnlyList<NotificationEntry>> Read(string bucket, CancellationToken cancellation)
    {
        if (missing.Contains(bucket))
        {
            return [];
        }

        try
        {
            var seen = await notifications.Seen(bucket, cancellation);
            return seen.EventBridge ? [.. seen.Entries, .. await ByRule(bucket, cancellation)] : seen.Entries;
        }
        catch (AmazonServiceException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden
            or HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect or HttpStatusCode.BadRequest)
        {
            return [];
        }
    }

    // Rules are as good as notifications: each target of one that takes objects of the bucket is told of them.
    private async Task<IReadOnlyList<NotificationEntry>> ByRule(string bucket, CancellationToken cancellation)
    {
        try
        {
            return [.. await Told(bucket, cancellation)];
        }
        catch (AmazonEventBridgeException e) when (e.ErrorCode?.StartsWith("AccessDenied", StringComparison.Ordinal) == true)
        {
            rulesAreHidden = true;
            return [];
        }
    }

    private async Task<IEnumerable<NotificationEntry>> Told(string bucket, CancellationToken cancellation)
    {
        var taking = (await rules.All(cancellation))
            .Select(rule => (Rule: rule, Filters: TriggerPattern.FiltersOf(rule.EventPattern ?? "{}", bucket)))
            .Where(one => one.Filters.Count > 0 && one.Rule.State == "ENABLED");
        var read = await Several.Select(taking, async one => (one.Rule, Targets: await rules.Targets(one.Rule, cancellation), one.Filters));
        return
            from one in read
            from told in one.Targets
            from filter in one.Filters
            where Arn.Parse(told.Arn ?? "") is { Service: "lambda" }
            select new NotificationEntry(
                NotificationTarget.Function, one.Rule.Name!, told.Arn!, [NotificationEntry.ObjectCreated], filter.Prefix, filter.Suffix);
    }

    /// <summary>Functions of others that are started where the file reads, too: nobody knows where they write.</summary>
    private IEnumerable<string> Unknown() =>
        from function in file
        from bucket in function.Outputs.Select(output => output.Bucket).Distinct()
        where file.Any(reader => reader.Triggers.Any(trigger => trigger.Bucket == bucket))
        from entry in LiveLoops.Started(function.Name, function.Outputs, bucket, buckets[bucket])
        let name = LiveLoops.NameOf(entry)
        where name is not null && functions.TryGetValue(name, out var live) && live is null
        select $"what function '{function.Name}' writes to bucket '{bucket}' starts '{entry.Destination}', of which scarnet does not know "
            + "where it writes: if it writes where these functions read, they start each other for ever";

    private string Describe(IReadOnlyList<PipelineLink> loop)
    {
        var first = loop[0].From;
        var place = first.PlaceOf($"{nameof(FunctionDefinition.Outputs)}.{first.Outputs.ToList().IndexOf(loop[0].Output)}");
        var chain = string.Join(" → ", loop.Select(link => $"'{link.From.Name}'").Append($"'{first.Name}'"));
        var deployed = string.Join(", ", Deployed(loop).Select(link => $"'{link.From.Name}' of pipeline '{functions[link.From.Name]!.Pipeline}' (writes to '{link.Output}')"));
        return $"{(place is null ? "" : $"{place}: ")}functions feed each other in a circle: {chain}; deployed already: {deployed}";
    }

    private List<PipelineLink> Deployed(IReadOnlyList<PipelineLink> loop) => [.. loop.Where(link => functions.GetValueOrDefault(link.From.Name) is not null)];
}
