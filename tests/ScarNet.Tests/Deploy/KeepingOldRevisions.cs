using ScarNet.Aws.Batch.Model;
using ScarNet.Cli.Deploy;

namespace ScarNet.Tests.Deploy;

public sealed class KeepingOldRevisions
{
    [Theory]
    [InlineData(0, new int[0])]
    [InlineData(2, new int[0])]
    [InlineData(3, new[] { 1 })]
    [InlineData(5, new[] { 3, 2, 1 })]
    public void LeavesThreeWithTheOneThatComes(int active, int[] gone)
    {
        var definitions = Enumerable.Range(1, active).Select(revision => new JobDefinition { Revision = revision });

        Assert.Equal(gone, OldRevisions.AfterAnother(definitions).Select(definition => definition.Revision!.Value));
    }
}
