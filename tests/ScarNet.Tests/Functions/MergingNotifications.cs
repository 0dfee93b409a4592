using FsCheck;
using FsCheck.Fluent;
using ScarNet.Core.Functions;

namespace ScarNet.Tests.Functions;

/// <summary>S3 replaces a bucket's notifications as a whole: nobody else's may get lost.</summary>
public sealed class MergingNotifications
{
    private static readonly HashSet<string> Functions = ["f", "f-2"];

    private static readonly Gen<NotificationEntry> AnyEntry =
        from target in Gen.Elements(Enum.GetValues<NotificationTarget>())
        from id in Gen.Elements("scarnet:f:0", "scarnet:f:1", "scarnet:f-2:0", "scarnet:g:0", "scarnet:f", "theirs", "ff", null)
        from events in Gen.Elements("s3:ObjectCreated:*", "s3:ObjectCreated:Put", "s3:ObjectRemoved:*")
        from prefix in Gen.Elements("", "a/", "a/b/", "c/")
        from suffix in Gen.Elements("", ".x", ".y")
        select new NotificationEntry(target, id, "arn", [events], prefix, suffix);

    private static readonly Arbitrary<NotificationEntry[]> Entries = AnyEntry.ArrayOf().ToArbitrary();

    private static readonly Arbitrary<NotificationEntry[]> Ours =
        AnyEntry.ArrayOf().Select(entries => entries.Where(IsOurs).DistinctBy(entry => entry.Id).ToArray()).ToArbitrary();

    [Fact]
    public void KeepsTheVeryEntriesOfOthersInTheirOrder()
    {
        Prop.ForAll(Entries, Ours, (current, ours) =>
        {
            var merged = NotificationMerge.Of(current, Functions, ours);
            return current.Where(entry => !IsOurs(entry)).SequenceEqual(merged.Desired.Where(entry => !IsOurs(entry)), ReferenceEqualityComparer.Instance);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void LeavesExactlyOurs()
    {
        Prop.ForAll(Entries, Ours, (current, ours) =>
        {
            var made = NotificationMerge.Of(current, Functions, ours).Desired.Where(IsOurs).ToList();
            return made.Count == ours.Length && ours.All(entry => made.Any(entry.SameAs));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void HasNothingToDoTheSecondTime()
    {
        Prop.ForAll(Entries, Ours, (current, ours) =>
        {
            var first = NotificationMerge.Of(current, Functions, ours);
            return !NotificationMerge.Of(first.Desired, Functions, ours).Changed;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void LeavesTheBucketAsItWasWhenTheFunctionsGo()
    {
        Prop.ForAll(Entries, Ours, (current, ours) =>
        {
            var others = current.Where(entry => !IsOurs(entry)).ToArray();
            var with = NotificationMerge.Of(others, Functions, ours);
            return NotificationMerge.Of(with.Desired, Functions, []).Desired.SequenceEqual(others, ReferenceEqualityComparer.Instance);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void NamesWhoStandsInTheWay()
    {
        var theirs = new NotificationEntry(NotificationTarget.Queue, "theirs", "arn:q", ["s3:ObjectCreated:Put"], "in/", "");
        var ours = new NotificationEntry(NotificationTarget.Function, "scarnet:f:0", "arn:f", [NotificationEntry.ObjectCreated], "in/2026/", ".jpg");

        var collision = Assert.Single(NotificationMerge.Of([theirs], Functions, [ours]).Collisions);

        Assert.Same(theirs, collision.Theirs);
        Assert.Equal("in/2026/.jpg", collision.Key);
    }

    [Fact]
    public void LetsOthersWatchOtherEvents()
    {
        var theirs = new NotificationEntry(NotificationTarget.Queue, "theirs", "arn:q", ["s3:ObjectRemoved:*"], "in/", "");
        var ours = new NotificationEntry(NotificationTarget.Function, "scarnet:f:0", "arn:f", [NotificationEntry.ObjectCreated], "in/", "");

        Assert.Empty(NotificationMerge.Of([theirs], Functions, [ours]).Collisions);
    }

    [Fact]
    public void NeedsOneEntryForEachSuffix()
    {
        var function = new FunctionDefinition { Name = "f", Triggers = [new Trigger("bkt", "in/", [".jpg", ".png"]), new Trigger("other", "x/")] };

        var entries = NotificationEntry.For(function, "bkt", "arn:f");

        Assert.Equal([("scarnet:f:0", ".jpg"), ("scarnet:f:1", ".png")], entries.Select(entry => (entry.Id, entry.Suffix)));
        Assert.All(entries, entry => Assert.Equal("f", entry.Function));
    }

    private static bool IsOurs(NotificationEntry entry) => entry.Function is { } function && Functions.Contains(function);
}
