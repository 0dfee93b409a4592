using ScarNet.Core.Events;
using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Jobs;

public class TracingObjects
{
    [Theory]
    [InlineData("a/b c+d%.txt", "s3://in/a/b%20c%2Bd%25.txt")]
    [InlineData("ü.txt", "s3://in/%C3%BC.txt")]
    [InlineData("//x", "s3://in///x")]
    public void WritesTheSourceInAscii(string key, string expected) => Assert.Equal(expected, ObjectMetadata.SourceOf(new("in", key)));

    [Fact]
    public void StaysWithinS3sTwoKilobytes()
    {
        var source = ObjectMetadata.SourceOf(new("in", new string('ü', 512)));

        Assert.StartsWith("sha256:", source, StringComparison.Ordinal);
        Assert.NotEqual(source, ObjectMetadata.SourceOf(new("in", new string('ü', 511) + "é")));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("7", 7)]
    [InlineData("-7", 0)]
    [InlineData("many", 0)]
    public void ReadsTheHops(string? metadata, int hops) => Assert.Equal(hops, ObjectMetadata.HopsOf(metadata));

    [Fact]
    public void StopsAChainThatGoesRound()
    {
        Assert.Null(ObjectMetadata.HopProblem(31, 32));
        Assert.Contains("max_hops is 32", ObjectMetadata.HopProblem(32, 32), StringComparison.Ordinal);
    }
}
