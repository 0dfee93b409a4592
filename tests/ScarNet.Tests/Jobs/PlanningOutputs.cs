using ScarNet.Core.Events;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Jobs;

public class PlanningOutputs
{
    private static readonly OutputNames Names = new("f", "r1", "photo");

    [Fact]
    public void KeepsRelativePathsUnderTheFilledPrefix()
    {
        var plan = OutputPlan.Of(Files("a.txt", "deep/er/b.txt"), [new("out", "{function}/{request_id}/{key_stem}/")], Names);

        Assert.Equal(["s3://out/f/r1/photo/a.txt", "s3://out/f/r1/photo/deep/er/b.txt"], Targets(plan));
    }

    [Fact]
    public void SendsEachFileToEveryRuleThatTakesIt()
    {
        OutputRule[] rules = [new("jpgs", "", [], [".jpg"]), new("frames", "x/", ["frame"], []), new("all", "")];

        var plan = OutputPlan.Of(Files("frame1.jpg", "notes.txt"), rules, Names);

        Assert.Equal(["s3://all/frame1.jpg", "s3://all/notes.txt", "s3://frames/x/frame1.jpg", "s3://jpgs/frame1.jpg"], Targets(plan));
    }

    [Fact]
    public void TellsOfFilesThatNoRuleTakes()
    {
        var plan = OutputPlan.Of(Files("a.jpg", "core"), [new("out", "", [], [".jpg"])], Names);

        Assert.Equal("core", Assert.Single(plan.Unclaimed).RelativePath);
        Assert.Empty(plan.Problems);
    }

    [Fact]
    public void RefusesTwoFilesOnOneKey()
    {
        OutputRule[] rules = [new("out", "a/", ["b/"], []), new("out", "a/b/", ["x"], [])];

        var plan = OutputPlan.Of(Files("b/x", "x"), rules, Names);

        Assert.Equal("the outputs 'b/x' and 'x' would both become 's3://out/a/b/x'", Assert.Single(plan.Problems));
    }

    [Fact]
    public void TakesTwoRulesWithOneTargetAsOne()
    {
        var plan = OutputPlan.Of(Files("x"), [new("out", "a/"), new("out", "a/")], Names);

        Assert.Empty(plan.Problems);
        Assert.Single(plan.Uploads);
    }

    [Fact]
    public void RefusesKeysThatS3DoesNotTake()
    {
        var plan = OutputPlan.Of(Files(string.Join('/', Enumerable.Repeat(new string('d', 200), 6))), [new("out", "")], Names);

        Assert.Contains("1024 bytes", Assert.Single(plan.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void NamesRequiredOutputsThatAreMissing()
    {
        OutputRule[] rules = [new("out", "a/", [], [".jpg"], Required: true), new("out", "b/", [], [".txt"], Required: true)];

        var plan = OutputPlan.Of(Files("x.jpg"), rules, Names);

        Assert.Equal("the script left no file for the required output 's3://out/b/'", Assert.Single(plan.Missing).ToString());
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, "the script left 1 of at least 2 files for the output 's3://out/' ('**/*.jpg')")]
    public void CountsTheFilesOfARuleThatWantsSeveral(int minimum, string? missing)
    {
        var plan = OutputPlan.Of(Files("a/x.jpg", "b.txt"), [new("out", "") { Files = ["**/*.jpg"], Minimum = minimum }], Names);

        Assert.Equal(missing, plan.Missing.SingleOrDefault()?.ToString());
        Assert.Equal("b.txt", Assert.Single(plan.Unclaimed).RelativePath);
    }

    [Theory]
    [InlineData("**/*.txt", "a.txt b/c.txt")]
    [InlineData("*.txt", "a.txt")]
    [InlineData("b/", "b/c.txt b/d/e")]
    [InlineData("b/?.txt", "b/c.txt")]
    public void TakesWhatAGlobMatchesAndKeepsItsPath(string glob, string taken)
    {
        var plan = OutputPlan.Of(Files("a.txt", "b/c.txt", "b/d/e"), [new("out", "p/") { Files = [glob] }], Names);

        Assert.Equal(taken.Split(' ').Select(path => "s3://out/p/" + path), Targets(plan));
    }

    /// <summary>DOMAIN.md, 2.3: BayerCLAW puts every output under its base name, and the last one wins.</summary>
    [Fact(DisplayName = "bclaw_basename_collision: outputs of one name in two directories are two objects")]
    public void KeepsFilesOfOneNameApart()
    {
        var plan = OutputPlan.Of(Files("one/result.txt", "two/result.txt"), [new("out", "") { Files = ["**/result.txt"] }], Names);

        Assert.Equal(["s3://out/one/result.txt", "s3://out/two/result.txt"], Targets(plan));
        Assert.Empty(plan.Problems);
    }

    [Fact]
    public void SendsSmallFilesFirst()
    {
        ProducedFile[] files = [new("a", 300), new("b", 1), new("c", 20)];

        Assert.Equal(["s3://out/b", "s3://out/c", "s3://out/a"], Targets(OutputPlan.Of(files, [new("out", "")], Names)));
    }

    [Fact]
    public void GivesEachObjectThePropertiesOfTheRuleThatTakesIt()
    {
        var tagged = new OutputProperties { Tags = new Dictionary<string, string> { ["kind"] = "log" } };
        OutputRule[] rules = [new("logs", "") { Files = ["*.log"], Properties = tagged }, new("out", "")];

        var plan = OutputPlan.Of(Files("a.log"), rules, Names);

        Assert.Equal(["s3://logs/a.log log", "s3://out/a.log "], plan.Uploads.Select(u => $"{u.Target} {u.Properties.Tags.GetValueOrDefault("kind")}"));
    }

    [Fact]
    public void KeepsAFailedRunsOutputsWhereNothingStarts()
    {
        OutputRule[] rules = [new("out", "results/", [], [".txt"], Required: true), new("out", "again/")];

        var plan = OutputPlan.OfFailure(Files("a.txt", "b/c.bin"), rules, Names, FailurePolicy.Keep, "id");

        Assert.Equal(["s3://out/failed/f/id/a.txt", "s3://out/failed/f/id/b/c.bin"], Targets(plan));
        Assert.Empty(plan.Missing);
        Assert.All(plan.Uploads, upload => Assert.NotNull(
            Router.ReasonToSkip([new Trigger("out", "")], new ObjectEvent { Object = upload.Target })));
    }

    [Fact]
    public void UploadsOrDiscardsAFailedRunsOutputsWhenAskedTo()
    {
        OutputRule[] rules = [new("out", "results/")];

        Assert.Equal(["s3://out/results/a"], Targets(OutputPlan.OfFailure(Files("a"), rules, Names, FailurePolicy.Upload, "id")));
        Assert.Empty(OutputPlan.OfFailure(Files("a"), rules, Names, FailurePolicy.Discard, "id").Uploads);
    }

    private static ProducedFile[] Files(params string[] paths) => [.. paths.Select(path => new ProducedFile(path, 1))];

    private static IEnumerable<string> Targets(OutputPlan plan) => plan.Uploads.Select(upload => upload.Target.ToString());
}
