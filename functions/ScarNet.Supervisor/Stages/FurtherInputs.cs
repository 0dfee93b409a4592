using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Storage;

namespace ScarNet.Supervisor.Stages;

/// <summary>Brings what a run needs besides the object that started it: all of it is looked up, and its places proved, before the first byte.</summary>
internal sealed class FurtherInputs(Listing listing, InputFetch fetch, JobSpec spec)
{
    private const int FetchedAtOnce = 32;
    private const string ReferenceDirectory = "references/";

    /// <summary>What there is to fetch: of inputs, then of references.</summary>
    /// <exception cref="RunFailure">A required input is missing, or two would be the same file.</exception>
    public async Task<IReadOnlyList<ResolvedInput>> Resolve(Work work, Workspace place, string? inputFile, CancellationToken cancellation)
    {
        var placeholders = new InputPlaceholders(spec.Function, work.RequestId, work.Source?.Object.Bucket, work.Source?.Object.Key);
        var resolved = new List<ResolvedInput>();
        try
        {
            foreach (var rule in spec.Inputs.Concat(spec.References.Select(rule => rule with { Path = rule.Path ?? ReferenceDirectory })))
            {
                resolved.Add(await Resolve(rule, placeholders, cancellation));
            }
        }
        catch (ScarException e)
        {
            throw new RunFailure(ExitCodes.InputMissing, e.Message, e);
        }

        IEnumerable<(string, string)> first = inputFile is null ? [] : [(Path.GetRelativePath(place.Root, inputFile), work.Source?.Object.ToString() ?? "the event")];
        return InputTargets.Collision(first.Concat(resolved.SelectMany(input => input.Items).Select(item => (item.Path, item.Shown)))) is { } collision
            ? throw new RunFailure(ExitCodes.InputMissing, collision)
            : resolved;
    }

    /// <summary>Fetches it.</summary>
    /// <returns>The paths by name, and what was read.</returns>
    /// <exception cref="RunFailure">A required input is missing, cannot be fetched or does not fit.</exception>
    public async Task<(IReadOnlyDictionary<string, IReadOnlyList<string>> Paths, IReadOnlyList<RunInput> Read)> Fetch(
        IReadOnlyList<ResolvedInput> resolved, Workspace place, CancellationToken cancellation)
    {
        var items = resolved.SelectMany(input => input.Items.Select(item => (Input: input, Item: item))).ToArray();
        var total = items.Sum(pair => pair.Item.Object?.Size ?? 0);
        var free = Disks.FreeBytes(place.Root);
        if (!Supervision.Fits(total, free, spec.DiskFactor ?? 1))
        {
            throw new RunFailure(ExitCodes.DiskFull, $"the inputs have {total} bytes, and the disk under '{place.Root}' only {free} free");
        }

        var read = new RunInput?[items.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = FetchedAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(Enumerable.Range(0, items.Length), options, async (i, token) =>
            read[i] = await fetch.Fetch(items[i].Input.Rule, items[i].Item, place, token));

        var there = items.Where((_, i) => read[i] is not null).Select(pair => pair.Item).ToHashSet();
        var paths = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var input in resolved)
        {
            var found = Paths(input, there, place);
            if (input.Rule.Name is { } name)
            {
                paths[name] = found;
            }
        }

        return (paths, [.. read.OfType<RunInput>()]);
    }

    private static IReadOnlyList<string> Paths(ResolvedInput input, HashSet<ResolvedInput.Item> there, Workspace place) =>
        !input.Rule.IsS3 && !input.Rule.IsHttp ? LocalFiles.Find(input, place)
        : input.Directory is { } directory ? input.Items.Any(there.Contains) ? [Path.Combine(place.Root, directory)] : []
        : [.. input.Items.Where(there.Contains).Select(item => Path.GetFullPath(Path.Combine(place.Root, item.Path)))];

    private async Task<ResolvedInput> Resolve(InputRule rule, InputPlaceholders placeholders, CancellationToken cancellation)
    {
        if (rule.IsHttp)
        {
            var address = rule.Literal ? rule.Url : placeholders.Fill(rule.Url, value => string.Join('/', value.Split('/').Select(Uri.EscapeDataString)));
            return address is null ? Without(rule) : OfAddress(rule, new Uri(address));
        }

        if (InputAddress.Of(rule, placeholders) is not { } meant)
        {
            return Without(rule);
        }

        if (!rule.IsS3)
        {
            return new(rule, []) { Pattern = meant.Pattern };
        }

        return meant.Kind switch
        {
            InputAddress.Kinds.Prefix => await OfPrefix(rule, meant.Bucket, meant.Text, cancellation),
            InputAddress.Kinds.Object => OfObject(rule, meant.Bucket, meant.Text),
            _ => await OfPattern(rule, meant, cancellation),
        };
    }

    private static ResolvedInput OfAddress(InputRule rule, Uri address)
    {
        var name = Uri.UnescapeDataString(address.AbsolutePath.Split('/')[^1]);
        var path = InputTargets.OfFile(rule, name.Length == 0 ? address.Host : name);
        return new(rule, [new(path, HttpFetch.Shown(address), null, address)]);
    }

    private static ResolvedInput OfObject(InputRule rule, string bucket, string key) =>
        new(rule, [new(InputTargets.OfFile(rule, key), $"s3://{bucket}/{key}", new() { Object = new(bucket, key) }, null)]);

    private async Task<ResolvedInput> OfPrefix(InputRule rule, string bucket, string prefix, CancellationToken cancellation)
    {
        var directory = InputTargets.OfPrefix(rule, bucket, prefix);
        var items = new List<ResolvedInput.Item>();
        await foreach (var found in listing.Below(bucket, prefix, cancellation))
        {
            items.Add(new(InputTargets.Below(directory, found.Object.Key, prefix), found.Object.ToString(), found, null));
        }

        return items.Count > 0 ? new(rule, items) { Directory = directory }
            : Missing(rule, $"there is nothing below the input 's3://{bucket}/{prefix}'");
    }

    private async Task<ResolvedInput> OfPattern(InputRule rule, InputAddress meant, CancellationToken cancellation)
    {
        var start = InputTargets.BaseOf(meant.Pattern);
        var items = new List<ResolvedInput.Item>();
        await foreach (var found in listing.Below(meant.Bucket, meant.ListedPrefix, cancellation))
        {
            if (meant.Includes(found.Object.Key))
            {
                items.Add(new(InputTargets.Below(InputTargets.OfPattern(rule), found.Object.Key, start), found.Object.ToString(), found, null));
            }
        }

        return items.Count > 0 ? new(rule, items) : Missing(rule, $"nothing matches the input 's3://{meant.Bucket}/{meant.Text}'");
    }

    private static ResolvedInput Without(InputRule rule) =>
        Missing(rule, $"the input '{rule.Url}' is named after the object that started the run, and none did");

    private static ResolvedInput Missing(InputRule rule, string why) =>
        rule.Optional ? new(rule, []) : throw new RunFailure(ExitCodes.InputMissing, why);
}
