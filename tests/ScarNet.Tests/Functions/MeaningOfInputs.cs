using ScarNet.Core.Functions;
using Kinds = ScarNet.Core.Functions.InputAddress.Kinds;

namespace ScarNet.Tests.Functions;

public sealed class MeaningOfInputs
{
    private static readonly InputPlaceholders Object = new("fn", "r1", "box", "run[1]/deep/a.b.txt");

    [Theory]
    [InlineData("s3://ref/", Kinds.Prefix, "")]
    [InlineData("s3://ref/genomes/", Kinds.Prefix, "genomes/")]
    [InlineData("s3://ref/run[1]/", Kinds.Prefix, "run[1]/")]
    [InlineData("s3://{bucket}/{key_dir}", Kinds.Prefix, "run[1]/deep/")]
    [InlineData("s3://ref/a.txt", Kinds.Object, "a.txt")]
    [InlineData("s3://ref/{key_stem}.idx", Kinds.Object, "a.b.idx")]
    [InlineData("s3://ref/{key}", Kinds.Object, "run[1]/deep/a.b.txt")]
    [InlineData("s3://ref/sample[1].txt", Kinds.Pattern, "sample[1].txt")]
    [InlineData("s3://ref/{key_dir}*.txt", Kinds.Pattern, "run[1]/deep/*.txt")]
    public void GoesByTheAddressAsItIsFilledIn(string url, Kinds kind, string text)
    {
        var meant = InputAddress.Of(new(url), Object)!;

        Assert.Equal((kind, text), (meant.Kind, meant.Text));
        Assert.Equal(url.StartsWith("s3://{bucket}", StringComparison.Ordinal) ? "box" : "ref", meant.Bucket);
    }

    [Theory]
    [InlineData("s3://ref/", "", "a.txt", true)]
    [InlineData("s3://ref/data/", "data/", "data/a", true)]
    [InlineData("s3://ref/data/", "data/", "data2/a", false)]
    [InlineData("s3://ref/run[1]/", "run[1]/", "run1/a", false)]
    [InlineData("s3://ref/run[1]/", "run[1]/", "run[1]/a", true)]
    [InlineData("s3://ref/sample[1].txt", "sample", "sample[1].txt", true)]
    [InlineData("s3://ref/sample[1].txt", "sample", "sample1.txt", true)]
    [InlineData("s3://ref/sample[1].txt", "sample", "sample2.txt", false)]
    [InlineData("s3://ref/{key_dir}*.txt", "run[1]/deep/", "run[1]/deep/b.txt", true)]
    [InlineData("s3://ref/{key_dir}*.txt", "run[1]/deep/", "run1/deep/b.txt", false)]
    public void TellsWhichListedKeysItIncludes(string url, string prefix, string key, bool includes)
    {
        var meant = InputAddress.Of(new(url), Object)!;

        Assert.Equal((prefix, includes), (meant.ListedPrefix, meant.Includes(key)));
    }

    [Theory]
    [InlineData("s3://ref/a[1]/")]
    [InlineData("s3://ref/{key}")]
    public void IsOneObjectWhereTheKeyIsLiteral(string url)
    {
        var meant = InputAddress.Of(new(url, Literal: true), Object)!;

        Assert.Equal((Kinds.Object, url["s3://ref/".Length..], true), (meant.Kind, meant.Text, meant.Pattern.IsLiteral));
    }

    [Fact]
    public void IsNothingWithoutTheObjectItIsNamedAfter() =>
        Assert.Null(InputAddress.Of(new("s3://ref/{key_stem}.idx"), Object with { Bucket = null, Key = null }));
}
