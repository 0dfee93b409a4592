using ScarNet.Cli.Transfers;
using ScarNet.Core;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Trials;

/// <summary>Which input goes under which trigger of a pipeline: those of the functions that no other function feeds.</summary>
internal static class InputPlacement
{
    /// <summary>Every input, under every such trigger that takes it.</summary>
    /// <exception cref="ScarException">The pipeline starts nowhere, or no trigger takes one of the inputs.</exception>
    public static IReadOnlyList<Upload> Of(Pipeline pipeline, IReadOnlyList<string> inputs)
    {
        var triggers = PipelineGraph.Of(pipeline).Roots.SelectMany(function => function.Triggers).ToList();
        if (triggers.Count == 0)
        {
            throw new ScarException(
                $"no function of '{pipeline.Name}' waits for files from outside",
                "give the first one an 'input:' that no other function writes to");
        }

        var placed = triggers
            .SelectMany(trigger => UploadPlan.Of(inputs, new S3Address(trigger.Bucket, trigger.Prefix[..^NameStart(trigger).Length]))
                .Where(upload => trigger.Matches(upload.To.Bucket, upload.To.Key)))
            .DistinctBy(upload => upload.To)
            .ToList();
        var taken = placed.Select(upload => upload.File).ToHashSet();
        var refused = UploadPlan.Of(inputs, new S3Address("any", "")).Where(upload => !taken.Contains(upload.File)).ToList();
        return refused.Count == 0 ? placed : throw Refusal(refused, triggers);
    }

    private static ScarException Refusal(List<Upload> refused, List<Trigger> triggers)
    {
        var files = string.Join(", ", refused.Take(3).Select(upload => $"'{upload.File}'")) + (refused.Count > 3 ? ", …" : "");
        var starts = Either(triggers.Select(NameStart).Where(start => start.Length > 0));
        var ends = Either(triggers.SelectMany(trigger => trigger.Suffixes));
        var wanted = (starts.Length, ends.Length) switch
        {
            (0, _) => $"end in {ends}",
            (_, 0) => $"begin with {starts}",
            _ => $"begin with {starts} or end in {ends}, as the function's 'input' says",
        };
        return new($"no function starts on {files}", $"their names would have to {wanted}");
    }

    // What a prefix filter says of names: the path it is below is where the files go.
    private static string NameStart(Trigger trigger) => trigger.Prefix[(trigger.Prefix.LastIndexOf('/') + 1)..];

    private static string Either(IEnumerable<string> words) => string.Join(" or ", words.Distinct().Select(word => $"'{word}'"));
}
