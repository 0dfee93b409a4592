using System.Text.Json;
using System.Text.Json.Nodes;
using ScarNet.Core.Functions;

namespace ScarNet.Core.Tasks;

/// <summary>A task that a function carries out, once for each object: what was checked when its file was read.</summary>
/// <param name="Task">The task, the words that each run fills in still in its addresses.</param>
/// <param name="TakesObject">Whether an input is there for the object that starts a run.</param>
public sealed record TaskFile(TesTask Task, bool TakesObject)
{
    private const string AnyObject = "s3://bucket/key";

    /// <summary>Where results go, as the rest of ScarNet has it: which buckets there must be, what starts what.</summary>
    public IReadOnlyList<OutputRule> Outputs { get; } = [.. Task.Outputs.Select(RuleOf).OfType<OutputRule>()];

    /// <summary>What it reads of S3 beside the object that starts a run: what its role must allow.</summary>
    public IReadOnlyList<InputRule> Inputs { get; } = [.. Task.Inputs.Where(input => input.Url is not (null or AnyObject)).Select(RuleOf).Where(rule => rule.IsS3)];

    /// <returns>The task, and nothing else; or all that is wrong with it, each with its place in the JSON.</returns>
    public static (TaskFile? File, IReadOnlyList<TesProblem> Problems) Read(string json)
    {
        try
        {
            return JsonNode.Parse(json) is JsonObject document ? Read(document) : (null, [new("", "a task is a JSON object")]);
        }
        catch (JsonException e)
        {
            return (null, [new("", $"it is no JSON: {e.Message}")]);
        }
        catch (ArgumentException e)
        {
            return (null, [new("", $"a member occurs twice: {e.Message}")]); // objects are read when they are first looked into
        }
    }

    /// <summary>The task of one run.</summary>
    /// <param name="json">The file.</param>
    /// <param name="placeholders">What the run calls things.</param>
    /// <param name="source">Address of what started it, which becomes an input; null when nothing did.</param>
    /// <exception cref="ScarException">It cannot be run like this.</exception>
    public static TesTask Fill(string json, InputPlaceholders placeholders, string? source)
    {
        var document = JsonNode.Parse(json) as JsonObject ?? throw new ScarException("the task file is no JSON object");
        if (source is not null && (placeholders.Key is not null || TesOverrides.TakesObject(document)))
        {
            TesOverrides.SetObject(document, source);
        }

        var (task, problems) = TesReader.Read(document);
        return task is null
            ? throw new ScarException($"the task cannot be run: {string.Join("; ", problems)}")
            : task with
            {
                Inputs = [.. task.Inputs.Select(input => input.Url is null || input.Url == source ? input : input with { Url = Filled(input.Url, placeholders) })],
                Outputs = [.. task.Outputs.Select(output => output with { Url = Filled(output.Url, placeholders) })],
            };
    }

    private static (TaskFile? File, IReadOnlyList<TesProblem> Problems) Read(JsonObject document)
    {
        var takesObject = TesOverrides.TakesObject(document);
        if (takesObject)
        {
            TesOverrides.SetObject(document, AnyObject);
        }

        var (task, problems) = TesReader.Read(document);
        problems = task is null ? problems : [.. Check(task)];
        return task is not null && problems.Count == 0 ? (new(task, takesObject), []) : (null, problems);
    }

    private static InputRule RuleOf(TesInput input) => new(input.Type == TesFileType.Directory ? input.Url!.TrimEnd('/') + "/" : input.Url!);

    // What is right on a machine of one's own and cannot be in a job.
    private static IEnumerable<TesProblem> Check(TesTask task)
    {
        foreach (var (url, place) in task.Inputs.Select((input, i) => (input.Url ?? "", $"inputs[{i}].url"))
            .Concat(task.Outputs.Select((output, i) => (output.Url, $"outputs[{i}].url"))))
        {
            if (TesUrl.Parse(url) is TesUrl.Local)
            {
                yield return new(place, $"'{url}' is a file of the machine, and a job runs on any: use s3://");
            }

            foreach (var unknown in InputPlaceholders.In(url).Except(InputPlaceholders.Names))
            {
                yield return new(place, $"unknown placeholder '{{{unknown}}}': there are {string.Join(", ", InputPlaceholders.Names.Select(name => $"'{{{name}}}'"))}");
            }
        }

        if (task.Inputs.Select((input, i) => (input, i)).FirstOrDefault(entry => entry.input is { Url: AnyObject, Type: TesFileType.Directory }) is { input: not null, i: var index })
        {
            yield return new($"inputs[{index}].type", "the object that starts a run is a FILE");
        }

        foreach (var (output, i) in task.Outputs.Select((output, i) => (output, i)))
        {
            if (TesUrl.Parse(output.Url) is TesUrl.S3 { Object: { } target })
            {
                if (target.Bucket.Contains('{', StringComparison.Ordinal))
                {
                    yield return new($"outputs[{i}].url", $"the bucket '{target.Bucket}' must be named: it has to be there before the first run");
                }
                else if (BucketName.Flaw(target.Bucket) is { } flaw)
                {
                    yield return new($"outputs[{i}].url", $"bucket '{target.Bucket}' {flaw}");
                }
                else if (target.Key.StartsWith(OutputRule.FailedPrefix, StringComparison.Ordinal))
                {
                    yield return new($"outputs[{i}].url", $"'{OutputRule.FailedPrefix}' is kept for what failed runs leave");
                }
            }
        }
    }

    // As much of the key as is the same in each run: its directories, and how the file's name begins and ends.
    private static OutputRule? RuleOf(TesOutput output)
    {
        if (TesUrl.Parse(output.Url) is not TesUrl.S3 { Object: { } target })
        {
            return null;
        }

        var many = output.HasWildcards || output.Type == TesFileType.Directory;
        var key = many ? target.Key.TrimEnd('/') + (target.Key.Length == 0 ? "" : "/") : target.Key;
        var first = key.IndexOf('{', StringComparison.Ordinal);
        var start = first < 0 ? key : key[..first];
        var directory = start[..(start.LastIndexOf('/') + 1)];
        var begins = start[directory.Length..];
        var ends = many ? "" : key[Math.Max(key.LastIndexOf('}') + 1, directory.Length)..];
        return new(target.Bucket, directory, begins.Length == 0 ? [] : [begins], ends.Length == 0 ? [] : [ends]);
    }

    private static string Filled(string url, InputPlaceholders placeholders) =>
        placeholders.Fill(url, TesUrl.Parse(url) is TesUrl.Web ? value => string.Join('/', value.Split('/').Select(Uri.EscapeDataString)) : value => value)
        ?? throw new ScarException($"'{url}' is named after the object that started the run, and none did");
}
