using ScarNet.Cli.Deploy;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>Two people, or two builds, deploy the same file at the same time.</summary>
public sealed class InitAtOnce(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task EndsInOneCorrectState()
    {
        using var first = new Deployment(engine);
        using var second = new Deployment(engine);
        var functions = new[] { Pipelines.Inline("once"), Pipelines.Batch("twice") };

        // Both have planned before either begins: each believes that nothing is there.
        var plans = await Task.WhenAll(first.Plan(functions), second.Plan(functions));
        await Task.WhenAll(first.Apply(plans[0]), second.Apply(plans[1]));

        var changes = (await first.Plan(functions)).Steps.Where(step => step.Kind != StepKind.Keep);
        Assert.Equal([], changes.Select(step => $"{step}: {string.Join(", ", step.Changes)}"));
        var together = await first.State();
        await first.Remove(deleteBuckets: true, functions);
        await first.RemoveShared();
        await first.Init(functions);
        Assert.Equal(await first.State(), together);
    }
}
