namespace ScarNet.Core.Functions;

/// <summary>Which function's output starts which function. Immutable.</summary>
public sealed class PipelineGraph
{
    private readonly IReadOnlyList<FunctionDefinition> functions;
    private readonly ILookup<FunctionDefinition, PipelineLink> linksFrom;

    private PipelineGraph(IReadOnlyList<FunctionDefinition> functions, IReadOnlyList<PipelineLink> links)
    {
        this.functions = functions;
        Links = links;
        linksFrom = links.ToLookup<PipelineLink, FunctionDefinition>(link => link.From, ReferenceComparer);
    }

    /// <summary>In the order of the functions that write.</summary>
    public IReadOnlyList<PipelineLink> Links { get; }

    /// <summary>Functions with a trigger, none of which any function of the pipeline feeds: people put their files there.</summary>
    public IReadOnlyList<FunctionDefinition> Roots =>
        [.. functions.Where(f => f.Triggers.Count > 0 && !Links.Any(link => ReferenceEquals(link.To, f)))];

    /// <summary>Output rules that start no function: the results of the pipeline.</summary>
    public IReadOnlyList<OutputRule> Results =>
        [.. functions.SelectMany(f => f.Outputs.Where(output => !linksFrom[f].Any(link => link.Output == output)))];

    private static ReferenceEqualityComparer ReferenceComparer => ReferenceEqualityComparer.Instance;

    public static PipelineGraph Of(Pipeline pipeline)
    {
        var triggers = pipeline.Functions
            .SelectMany(function => function.Triggers.Select(trigger => (function, trigger)))
            .ToLookup(pair => pair.trigger.Bucket);
        var links =
            from function in pipeline.Functions
            from output in function.Outputs
            from pair in triggers[output.Bucket]
            where OutputReach.CanStart(output, function.Name, pair.trigger)
            select new PipelineLink(function, output, pair.trigger, pair.function);
        return new PipelineGraph(pipeline.Functions, [.. links]);
    }

    /// <summary>The links that lead out of a function.</summary>
    public IEnumerable<PipelineLink> LinksFrom(FunctionDefinition function) => linksFrom[function];
}
