using ScarNet.Core.Functions;

namespace ScarNet.Tests.Functions;

public sealed class GraphOfAPipeline
{
    private static readonly PipelineGraph Graph = PipelineGraph.Of(PipelineOf.Lines(
        "split: texts/ -> works/ logs/", "count: works/ -> counts/", "merge: counts/ -> totals/", "other: pictures/ -> gray/", "called: -> x/"));

    [Fact]
    public void LinksFunctionsThroughTheirPrefixes()
    {
        Assert.Equal(["split → s3://bkt/works/ → count", "count → s3://bkt/counts/ → merge"], Graph.Links.Select(link => link.ToString()));
    }

    [Fact]
    public void BeginsWherePeoplePutTheirFiles()
    {
        Assert.Equal(["split", "other"], Graph.Roots.Select(function => function.Name));
    }

    [Fact]
    public void EndsWhereNobodyReads()
    {
        Assert.Equal(["logs/", "totals/", "gray/", "x/"], Graph.Results.Select(output => output.Prefix));
    }
}
