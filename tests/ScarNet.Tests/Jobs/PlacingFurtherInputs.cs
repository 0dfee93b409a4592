using FsCheck;
using FsCheck.Fluent;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Jobs;

public sealed class PlacingFurtherInputs
{
    [Theory]
    [InlineData(null, "refs/hg38.fa", "input/hg38.fa")]
    [InlineData("refs/", "a/hg38.fa", "refs/hg38.fa")]
    [InlineData("genome.fa", "a/hg38.fa", "genome.fa")]
    [InlineData(null, "a/..", "input/_..")]
    public void PutsAFileWhereItsRuleSays(string? path, string key, string place)
    {
        Assert.Equal(place, InputTargets.OfFile(new("s3://b/" + key, Path: path), key));
    }

    [Theory]
    [InlineData(null, "data/", "input/data")]
    [InlineData(null, "", "input/bucket")]
    [InlineData("here/", "data/", "here")]
    public void PutsAPrefixIntoADirectory(string? path, string prefix, string directory)
    {
        Assert.Equal(directory, InputTargets.OfPrefix(new("s3://bucket/" + prefix, Path: path), "bucket", prefix));
    }

    [Theory]
    [InlineData("data/a/x.txt", "data/", "d/a/x.txt")]
    [InlineData("data/../../x", "data/", "d/_../_../x")]
    [InlineData("data//x", "data/", "d/_/x")]
    [InlineData("data/./x", "data/", "d/_./x")]
    public void KeepsThePathBelowThePrefix(string key, string start, string place)
    {
        Assert.Equal(place, InputTargets.Below("d", key, start));
    }

    [Fact]
    public void NeverLeavesTheDirectory()
    {
        var keys = Gen.Elements("/", "..", ".", "a", "\\", "\n", "*", "~").ListOf().Select(string.Concat).ToArbitrary();

        Prop.ForAll(keys, key => Path.GetFullPath("/w/d/" + InputTargets.Below("x", key, "")).StartsWith("/w/d/x/", StringComparison.Ordinal))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Theory]
    [InlineData("data/run-*/x.txt", "data/")]
    [InlineData("*", "")]
    [InlineData("a/b/**", "a/b/")]
    public void KeepsOfAPatternWhatComesBehindItsLastSureDirectory(string pattern, string start)
    {
        Assert.Equal(start, InputTargets.BaseOf(Glob.Of(pattern)));
    }

    [Fact(DisplayName = "bclaw_basename_collision of inputs")]
    public void FindsTwoInputsThatWouldBeOneFile()
    {
        Assert.Equal(
            "the inputs 's3://b/1/x' and 's3://b/2/x' would both become 'input/x': give one of them a 'path' of its own",
            InputTargets.Collision([("input/x", "s3://b/1/x"), ("./input//x", "s3://b/2/x")]));
    }

    [Theory]
    [InlineData("input/x", "input/x/y")]
    [InlineData("input/x/y", "input/x")]
    public void FindsAFileWhereADirectoryMustBe(string one, string other)
    {
        Assert.NotNull(InputTargets.Collision([(one, "1"), (other, "2")]));
        Assert.Null(InputTargets.Collision([(one, "1"), ("input/z/y", "2"), ("input/other", "3")]));
    }

    [Fact]
    public void NamesASidecarAfterTheObject()
    {
        var names = new InputPlaceholders("f", "r", "b", "in/2026/a[1].tar.gz");

        Assert.Equal("s3://b/in/2026/a[1].tar.json", names.Fill("s3://{bucket}/{key_dir}{key_stem}.json", value => value));
        Assert.Equal("s3://b/in/2026/a\\[1].tar.gz/*", names.Fill("s3://{bucket}/{key}/*", Glob.Escape));
        Assert.Null(new InputPlaceholders("f", "r", null, null).Fill("s3://{bucket}/x", value => value));
    }
}
