using FsCheck;
using FsCheck.Fluent;
using ScarNet.Core.Functions;

namespace ScarNet.Tests.Functions;

/// <summary>Whether what one function writes can start another.</summary>
public sealed class ReachingTriggers
{
    private const string RequestId = "0b3e4c5d-1111-2222-3333-444455556666";

    private static readonly Gen<string> Parts = Gen.Elements("a", "b", "in", "f", "/", "{key_stem}", "{request_id}", "{function}", "0b3e");

    private static readonly Arbitrary<string> Prefixes =
        Gen.Choose(0, 4).SelectMany(n => Parts.ArrayOf(n)).Select(string.Concat).ToArbitrary();

    private static readonly Arbitrary<string> Names =
        Gen.Choose(0, 3).SelectMany(n => Gen.Elements("a", "b", "in/", ".x", "f").ArrayOf(n)).Select(string.Concat).ToArbitrary();

    [Fact]
    public void NeverDeniesWhatARunCanDo()
    {
        Prop.ForAll(Prefixes, Names, Names, (prefix, file, wanted) => Prop.ForAll(Names, Names, (stem, filter) =>
        {
            var rule = new OutputRule("bkt", prefix, [filter], [""]);
            var key = rule.KeyFor(filter + file, new OutputNames("f", RequestId, stem.Replace('/', '_')));
            var trigger = new Trigger("bkt", key[..Math.Min(key.Length, wanted.Length * 2)], [key[Math.Max(0, key.Length - 2)..]]);
            return !trigger.Matches("bkt", key) || OutputReach.CanStart(rule, "f", trigger);
        })).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Theory]
    [InlineData("out/", "in/", false)]
    [InlineData("in/done/", "in/", true)]
    [InlineData("in/", "in/done/", true)] // a script may well leave done/x
    [InlineData("", "in/", true)]
    [InlineData("in", "in/", true)]
    [InlineData("f/output/{request_id}/", "f/input/", false)]
    [InlineData("{function}/out/", "f/out/", true)]
    [InlineData("{function}/out/", "g/out/", false)]
    [InlineData("{key_stem}/", "in/", true)] // an object may well be called in.txt
    [InlineData("{key_stem}/out/", "in/texts/", false)]
    [InlineData("a{key_stem}b/", "axxb/", true)]
    [InlineData("{request_id}/", "in/", false)] // no request id is called in
    [InlineData("{request_id}/", "0b3e", true)]
    [InlineData("{request_id}/", "0b3e/", false)]
    [InlineData("failed/f/", "", false)]
    public void ComparesPrefixes(string output, string input, bool reaches)
    {
        Assert.Equal(reaches, OutputReach.CanStart(new OutputRule("bkt", output), "f", new Trigger("bkt", input)));
    }

    [Fact]
    public void ComparesSuffixes()
    {
        var rule = new OutputRule("bkt", "in/", [], [".jpg"]);

        Assert.False(OutputReach.CanStart(rule, "f", new Trigger("bkt", "in/", [".png", ".txt"])));
        Assert.True(OutputReach.CanStart(rule, "f", new Trigger("bkt", "in/", [".png", "pg"])));
        Assert.True(OutputReach.CanStart(rule, "f", new Trigger("bkt", "in/")));
    }

    [Fact]
    public void ComparesBuckets()
    {
        Assert.False(OutputReach.CanStart(new OutputRule("bkt", "in/"), "f", new Trigger("other", "in/")));
    }

    [Fact]
    public void FollowsTheFilterOfTheRule()
    {
        var rule = new OutputRule("bkt", "in/", ["a"], []);

        Assert.True(OutputReach.CanStart(rule, "f", new Trigger("bkt", "in/abc/")));
        Assert.False(OutputReach.CanStart(rule, "f", new Trigger("bkt", "in/b")));
    }

    [Theory]
    [InlineData("failed/f/1/x.txt")]
    [InlineData("folder/")]
    public void StartsNothingWithWhatIsNoInput(string key)
    {
        Assert.False(new Trigger("bkt", "").Matches("bkt", key));
    }
}
