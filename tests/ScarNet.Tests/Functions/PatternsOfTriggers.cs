using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using ScarNet.Cli.Deploy;
using ScarNet.Core.Functions;
using ScarNet.Core.Patterns;

namespace ScarNet.Tests.Functions;

/// <summary>The event pattern of a function takes the objects that its inputs take, and no others.</summary>
public sealed class PatternsOfTriggers
{
    // Few letters, so that prefixes, suffixes and keys meet; and those that JSON and wildcards treat in their own way.
    private static readonly Gen<string> Piece = Gen.Elements("a", "b", "ab", ".", "*", "\\", "\"", "+", "é").ArrayOf().Select(string.Concat);

    private static readonly Gen<Trigger> AnyTrigger =
        from bucket in Gen.Elements("one", "two")
        from prefix in Piece
        from suffixes in Piece.Where(piece => piece.Length > 0).ArrayOf()
        select new Trigger(bucket, prefix, suffixes);

    private static readonly Gen<Trigger[]> SomeTriggers = AnyTrigger.NonEmptyListOf().Select(triggers => triggers.Take(3).ToArray());

    [Fact]
    public void TakeWhatTheInputsTake()
    {
        var taken = 0;
        Prop.ForAll((from triggers in SomeTriggers from key in Key(triggers) select (triggers, key)).ToArbitrary(), one =>
        {
            var pattern = EventPattern.Parse(TriggerPattern.Of(one.triggers));
            return new[] { "one", "two" }.All(bucket =>
            {
                var wanted = one.triggers.Any(trigger => trigger.Matches(bucket, one.key));
                taken += wanted ? 1 : 0;
                return pattern.Matches(Created(bucket, one.key)) == wanted;
            });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
        Assert.True(taken > 300, $"only {taken} keys were taken");
    }

    [Fact]
    public void ReachNoFartherThanTheirFiltersSay()
    {
        Prop.ForAll((from triggers in SomeTriggers from key in Key(triggers) select (triggers, key)).ToArbitrary(), one =>
        {
            var pattern = TriggerPattern.Of(one.triggers);
            return new[] { "one", "two", "three" }.All(bucket =>
                !one.triggers.Any(trigger => trigger.Matches(bucket, one.key))
                || TriggerPattern.FiltersOf(pattern, bucket).Any(filter =>
                    one.key.StartsWith(filter.Prefix, StringComparison.Ordinal) && one.key.EndsWith(filter.Suffix, StringComparison.Ordinal)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void AreWrittenAsEventBridgeTakesThem()
    {
        Assert.Equal(
            """{"source":["aws.s3"],"detail-type":["Object Created"],"detail":{"bucket":{"name":["photos"]},"object":{"key":[{"wildcard":"in/*.jpg"},{"prefix":"all/"}]}}}""",
            TriggerPattern.Of([new("photos", "in/", [".jpg"]), new("photos", "all/")]));
        Assert.Equal(
            """{"source":["aws.s3"],"detail-type":["Object Created"],"detail":{"$or":[{"bucket":{"name":["a"]}},{"bucket":{"name":["b"]},"object":{"key":[{"suffix":".x"}]}}]}}""",
            TriggerPattern.Of([new("a", "deep/"), new("a", ""), new("b", "", [".x"])]));
    }

    [Fact]
    public void NameKeysInWhichPrefixAndSuffixOverlap()
    {
        Assert.Contains("\"sample.txt\"", TriggerPattern.Of([new("b", "sample.", [".txt"])]), StringComparison.Ordinal);
    }

    [Fact]
    public void SayWhichBucketsTheyAreAbout()
    {
        Assert.Equal(["one", "two"], TriggerPattern.BucketsOf(TriggerPattern.Of([new("one", "a"), new("two", ""), new("one", "b")])));
        Assert.Equal(["one"], TriggerPattern.BucketsOf(TriggerPattern.Of([new("one", "a")])));
        Assert.Empty(TriggerPattern.BucketsOf("""{"source":["x"]}"""));
        Assert.True(TriggerPattern.MayTake("""{"source":["aws.s3"]}""", "any"));
        Assert.False(TriggerPattern.MayTake("""{"source":["aws.batch"]}""", "any"));
        Assert.False(TriggerPattern.MayTake("no pattern", "any"));
    }

    [Theory]
    [InlineData("""{"source":["aws.s3"],"detail-type":["Object Deleted"],"detail":{"bucket":{"name":["b"]}}}""", true)]
    [InlineData("""{"source":["aws.s3"],"detail-type":["Object Tags Added"]}""", true)]
    [InlineData("""{"detail":{"bucket":{"name":["b"]},"object":{"key":[{"prefix":"x"}]}}}""", true)]
    [InlineData("""{"source":["aws.s3"],"detail":{"source-ip-address":[{"an-operator-of-tomorrow":"10.0.0.0/24"}]}}""", true)]
    [InlineData("""{"source":["aws.ec2"],"detail":{"source-ip-address":[{"an-operator-of-tomorrow":"10.0.0.0/24"}]}}""", false)]
    [InlineData("""{"source":["aws.s3"],"detail":{"bucket":{"name":["other"]}}}""", false)]
    [InlineData("no pattern", false)]
    [InlineData(null, false)] // a schedule
    public void TellWhetherABucketsEventsAreHeard(string? pattern, bool heard) => Assert.Equal(heard, TriggerPattern.MayHear(pattern, "b"));

    [Fact]
    public void StandInRulesWhoseNamesAreShortEnough()
    {
        var (one, other) = (new string('f', 63) + "a", new string('f', 63) + "b");

        Assert.Equal("scarnet.shrink", Names.EventRule("shrink"));
        Assert.Equal(64, Names.EventRule(one).Length);
        Assert.NotEqual(Names.EventRule(one), Names.EventRule(other));
        Assert.True(Names.IsEventRule(Names.EventRule(one)));
        Assert.False(Names.IsEventRule("scarnet-job-state"));
    }

    private static Gen<string> Key(Trigger[] triggers) =>
        from trigger in Gen.Elements(triggers)
        from middle in Piece
        from suffix in Gen.Elements(trigger.Suffixes.Append("").ToArray())
        from overlap in Gen.Choose(0, 2)
        select (trigger.Prefix + middle)[..Math.Max(0, trigger.Prefix.Length + middle.Length - (middle.Length == 0 ? overlap : 0))] + suffix;

    private static JsonElement Created(string bucket, string key) => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["source"] = "aws.s3",
        ["detail-type"] = "Object Created",
        ["detail"] = new JsonObject { ["bucket"] = new JsonObject { ["name"] = bucket }, ["object"] = new JsonObject { ["key"] = key } },
    });
}
