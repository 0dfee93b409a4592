namespace ScarNet.Core.Functions;

/// <summary>Functions that start themselves, directly or through others, for ever.</summary>
public static class LoopCheck
{
    /// <summary>One shortest loop through every function that is in one and in no loop found before.</summary>
    public static IReadOnlyList<IReadOnlyList<PipelineLink>> Find(Pipeline pipeline)
    {
        var graph = PipelineGraph.Of(pipeline);
        var loops = new List<IReadOnlyList<PipelineLink>>();
        var inLoop = new HashSet<FunctionDefinition>(ReferenceEqualityComparer.Instance);
        foreach (var function in pipeline.Functions)
        {
            if (!inLoop.Contains(function) && Shortest(graph, function) is { } loop)
            {
                loops.Add(loop);
                inLoop.UnionWith(loop.Select(link => link.From));
            }
        }

        return loops;
    }

    private static List<PipelineLink>? Shortest(PipelineGraph graph, FunctionDefinition start)
    {
        var cameBy = new Dictionary<FunctionDefinition, PipelineLink>(ReferenceEqualityComparer.Instance);
        var queue = new Queue<FunctionDefinition>([start]);
        while (queue.TryDequeue(out var function))
        {
            foreach (var link in graph.LinksFrom(function))
            {
                if (!cameBy.TryAdd(link.To, link))
                {
                    continue;
                }

                if (ReferenceEquals(link.To, start))
                {
                    return Path(cameBy, start);
                }

                queue.Enqueue(link.To);
            }
        }

        return null;
    }

    private static List<PipelineLink> Path(Dictionary<FunctionDefinition, PipelineLink> cameBy, FunctionDefinition start)
    {
        var path = new List<PipelineLink>();
        var at = start;
        do
        {
            path.Insert(0, cameBy[at]);
            at = cameBy[at].From;
        }
        while (!ReferenceEquals(at, start));
        return path;
    }
}
