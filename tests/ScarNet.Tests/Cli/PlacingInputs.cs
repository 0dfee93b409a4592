using ScarNet.Cli.Trials;
using ScarNet.Core;
using ScarNet.Core.Functions;

namespace ScarNet.Tests.Cli;

public sealed class PlacingInputs : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("scarnet-test-").FullName;

    [Fact]
    public void StartsTheFunctionsThatNoOtherFeeds()
    {
        var pipeline = Pipeline(
            Function("first", "data", "in/", "data", "mid/"),
            Function("second", "data", "mid/", "data", "out/"));

        Assert.Equal(["s3://data/in/a.txt"], Placed(pipeline, "a.txt"));
    }

    [Fact]
    public void GivesEachInputOnlyToTriggersThatTakeIt()
    {
        var pipeline = Pipeline(
            Function("texts", "data", "in/", "data", "out/", ".txt"),
            Function("photos", "data", "in/", "data", "out/", ".jpg"));

        Assert.Equal(["s3://data/in/a.txt", "s3://data/in/b.jpg"], Placed(pipeline, "a.txt", "b.jpg"));
    }

    [Fact]
    public void PutsFilesBelowThePathOfAPrefixFilter()
    {
        var pipeline = Pipeline(
            Function("first", "data", "in/sample", "data", "out/", ".txt"),
            Function("second", "top", "sam", "data", "out/"));

        Assert.Equal(["s3://data/in/sample1.txt", "s3://top/sample1.txt"], Placed(pipeline, "sample1.txt"));
        Assert.Equal(
            ["s3://data/in/sample1.txt", "s3://data/in/sample2.txt", "s3://top/sample1.txt", "s3://top/sample2.txt"],
            Placed(pipeline, "sample1.txt", "sample2.txt"));
    }

    [Theory]
    [InlineData("their names would have to begin with 'sample'")]
    [InlineData("their names would have to begin with 'sample' or end in '.txt', as the function's 'input' says", ".txt")]
    public void RefusesAnInputOutsideThePrefixFilter(string hint, params string[] suffixes)
    {
        var pipeline = Pipeline(Function("first", "data", "in/sample", "data", "out/", suffixes));

        Assert.Equal(hint, Assert.Throws<ScarException>(() => Placed(pipeline, "other.txt")).Hint);
    }

    [Fact]
    public void RefusesAnInputThatStartsNothing()
    {
        var pipeline = Pipeline(Function("photos", "data", "in/", "data", "out/", ".jpg", ".png"));

        var refused = Assert.Throws<ScarException>(() => Placed(pipeline, "b.jpg", "a.txt"));

        Assert.Contains("a.txt", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("b.jpg", refused.Message, StringComparison.Ordinal);
        Assert.Equal("their names would have to end in '.jpg' or '.png'", refused.Hint);
    }

    [Fact]
    public void RefusesAPipelineThatStartsNowhere()
    {
        var pipeline = Pipeline(new FunctionDefinition { Name = "lonely" });

        Assert.Throws<ScarException>(() => Placed(pipeline, "a.txt"));
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private static Pipeline Pipeline(params FunctionDefinition[] functions) => new("test", functions);

    private static FunctionDefinition Function(
        string name, string bucket, string prefix, string outputBucket, string outputPrefix, params string[] suffixes) => new()
        {
            Name = name,
            Triggers = [new Trigger(bucket, prefix, suffixes)],
            Outputs = [new OutputRule(outputBucket, outputPrefix)],
        };

    private IEnumerable<string> Placed(Pipeline pipeline, params string[] names) =>
        InputPlacement.Of(pipeline, [.. names.Select(Write)]).Select(upload => upload.To.ToString()).Order(StringComparer.Ordinal);

    private string Write(string name)
    {
        var file = Path.Join(directory, name);
        File.WriteAllText(file, name);
        return file;
    }
}
