using FsCheck;
using FsCheck.Fluent;
using ScarNet.Core.Functions;

namespace ScarNet.Tests.Functions;

/// <summary>Some functions are in the file, the others are deployed: together they must not start each other for ever.</summary>
public sealed class FollowingLiveNotifications
{
    private static readonly string[] Prefixes = ["", "a/", "a/b/", "b/", "c/", "{key_stem}/"];

    private static readonly Gen<FunctionDefinition> AnyFunction =
        from input in Gen.Elements("a/", "a/b/", "b/", "c/", "d/")
        from output in Gen.Elements(Prefixes).ArrayOf(2)
        select new FunctionDefinition { Name = "f", Triggers = [new Trigger(PipelineOf.Bucket, input)], Outputs = [.. output.Select(o => new OutputRule(PipelineOf.Bucket, o))] };

    private static readonly Arbitrary<(FunctionDefinition[] Functions, int InFile)> Split = (
        from functions in AnyFunction.ArrayOf(5)
        from some in Gen.Choose(0, 5)
        select (functions.Select((function, i) => function with { Name = $"f{i}" }).ToArray(), some)).ToArbitrary();

    [Fact]
    public void FindsALoopWhereverTheFilesFunctionsAndTheDeployedReachEachOther()
    {
        var loops = 0;
        Prop.ForAll(Split, split =>
        {
            var file = split.Functions[..split.InFile];
            var live = split.Functions[split.InFile..];
            if (LoopCheck.Find(new Pipeline("", file)).Count > 0)
            {
                return true; // refused before
            }

            var graph = PipelineGraph.Of(new Pipeline("", split.Functions));
            var both = file.Any(f => live.Any(l => Reaches(graph, f, l) && Reaches(graph, l, f)));
            loops += both ? 1 : 0;
            var found = Find(file, live);
            return found.Count > 0 == both && found.All(IsALoopThroughBoth);

            bool IsALoopThroughBoth(IReadOnlyList<PipelineLink> loop) =>
                loop.Zip(loop.Skip(1).Append(loop[0])).All(pair => ReferenceEquals(pair.First.To, pair.Second.From))
                && loop.Any(link => file.Contains(link.From)) && loop.Any(link => live.Any(l => l.Name == link.From.Name));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
        Assert.True(loops > 30, $"only {loops} loops were tried");
    }

    [Fact]
    public void FindsNoneWhereNothingIsDeployed()
    {
        Prop.ForAll(Split, split => LoopCheck.Find(new Pipeline("", split.Functions)).Count > 0 || Find(split.Functions, []).Count == 0)
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void GoesByTheFileForItsOwnFunctions()
    {
        var file = PipelineOf.Lines("a: in/ -> mid/").Functions;
        var old = Entry("a", "mid/");

        Assert.Empty(LiveLoops.Find(file, [new("a", "p", [new OutputRule(PipelineOf.Bucket, "in/")])], Entries(old)));
    }

    [Theory]
    [InlineData("arn:aws:lambda:eu-west-1:123456789012:function:back", "back")]
    [InlineData("arn:aws:lambda:eu-west-1:123456789012:function:back:live", "back")]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:back", null)]
    [InlineData("back", null)]
    public void KnowsFunctionsByTheirArn(string destination, string? name)
    {
        Assert.Equal(name, LiveLoops.NameOf(Entry("", "x/") with { Destination = destination }));
    }

    [Theory]
    [InlineData("s3:ObjectCreated:*", "in/", ".txt", true)]
    [InlineData("s3:ObjectCreated:Put", "in/deeper/", "", true)]
    [InlineData("s3:ObjectRemoved:*", "in/", "", false)]
    [InlineData("s3:ObjectCreated:*", "other/", "", false)]
    public void IsStartedByWhatCanBeWritten(string name, string prefix, string suffix, bool started)
    {
        var entry = Entry("back", prefix) with { Events = [name], Suffix = suffix };

        Assert.Equal(started, LiveLoops.Started("a", [new OutputRule("b", "in/")], "b", [entry]).Any());
    }

    private static bool Reaches(PipelineGraph graph, FunctionDefinition from, FunctionDefinition to)
    {
        var reached = new HashSet<FunctionDefinition>(ReferenceEqualityComparer.Instance);
        var left = new Stack<FunctionDefinition>([from]);
        while (left.TryPop(out var at))
        {
            foreach (var link in graph.LinksFrom(at).Where(link => reached.Add(link.To)))
            {
                left.Push(link.To);
            }
        }

        return reached.Contains(to);
    }

    private static IReadOnlyList<IReadOnlyList<PipelineLink>> Find(FunctionDefinition[] file, FunctionDefinition[] live) => LiveLoops.Find(
        file,
        live.Select(function => new LiveFunction(function.Name, "p", function.Outputs)),
        Entries([.. live.SelectMany(function => function.Triggers.Select(trigger => Entry(function.Name, trigger.Prefix)))]));

    private static NotificationEntry Entry(string function, string prefix) => new(
        NotificationTarget.Function, null, $"arn:aws:lambda:eu-west-1:123456789012:function:{function}", [NotificationEntry.ObjectCreated], prefix, "");

    private static Dictionary<string, IReadOnlyList<NotificationEntry>> Entries(params NotificationEntry[] entries) =>
        new() { [PipelineOf.Bucket] = entries };
}
