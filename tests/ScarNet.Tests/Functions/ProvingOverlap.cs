using FsCheck;
using FsCheck.Fluent;
using ScarNet.Core.Functions;

namespace ScarNet.Tests.Functions;

public sealed class ProvingOverlap
{
    private static readonly Arbitrary<string> Filters =
        Gen.Choose(0, 3).SelectMany(n => Gen.Elements('a', 'b').ArrayOf(n)).Select(chars => new string(chars)).ToArbitrary();

    private static readonly IReadOnlyList<string> Keys = [.. Enumerable.Range(0, 7).SelectMany(KeysOfLength)];

    [Fact]
    public void AgreesWithTryingEveryKey()
    {
        Prop.ForAll(Filters, Filters, Filters, (prefix, suffix, otherPrefix) => Prop.ForAll(Filters, otherSuffix =>
        {
            var shared = Keys.Any(key => Takes(prefix, suffix, key) && Takes(otherPrefix, otherSuffix, key));
            return TriggerOverlap.Witness(prefix, suffix, otherPrefix, otherSuffix) is not null == shared;
        })).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void NamesAKeyThatBothTake()
    {
        Prop.ForAll(Filters, Filters, Filters, (prefix, suffix, otherPrefix) => Prop.ForAll(Filters, otherSuffix =>
            TriggerOverlap.Witness(prefix, suffix, otherPrefix, otherSuffix) is not { } key
            || (Takes(prefix, suffix, key) && Takes(otherPrefix, otherSuffix, key)))).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Theory]
    [InlineData("jpg", "pg", true)]
    [InlineData(".jpg", ".png", false)]
    [InlineData("", ".png", true)]
    public void ComparesSuffixesFromTheirEnds(string suffix, string other, bool overlap)
    {
        Assert.Equal(overlap, TriggerOverlap.Witness("in/", suffix, "in/", other) is not null);
    }

    [Theory]
    [InlineData("s3:ObjectCreated:*", "s3:ObjectCreated:Put", true)]
    [InlineData("s3:ObjectCreated:Put", "s3:ObjectCreated:*", true)]
    [InlineData("s3:ObjectCreated:Put", "s3:ObjectCreated:Put", true)]
    [InlineData("s3:ObjectCreated:Put", "s3:ObjectCreated:Copy", false)]
    [InlineData("s3:ObjectCreated:*", "s3:ObjectRemoved:*", false)]
    public void LooksAtEventsToo(string name, string other, bool meet)
    {
        Assert.Equal(meet, TriggerOverlap.EventsMeet(name, other));
    }

    private static bool Takes(string prefix, string suffix, string key) =>
        key.StartsWith(prefix, StringComparison.Ordinal) && key.EndsWith(suffix, StringComparison.Ordinal);

    private static IEnumerable<string> KeysOfLength(int length) =>
        length == 0 ? [""] : KeysOfLength(length - 1).SelectMany(key => new[] { key + 'a', key + 'b' });
}
