using FsCheck;
using FsCheck.Fluent;
using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Jobs;

public class NamingBatchJobs
{
    private const string Id = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("grayify", "photos/a b+c%.jpg", "grayify-photos-a-b-c-jpg-01234567")]
    [InlineData("grayify", "🎉", "grayify-01234567")]
    [InlineData("grayify", null, "grayify-01234567")]
    [InlineData("_f", "x", "f_f-x-01234567")]
    public void NamesFunctionKeyAndClaim(string function, string? key, string expected) =>
        Assert.Equal(expected, JobNames.Of(function, key, Id));

    [Fact]
    public void AreAlwaysTakenByBatch() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyString>(), Gen.Choose(1, 64).ToArbitrary(), (key, length) =>
        {
            var name = JobNames.Of(new string('f', length), key.Get + new string('k', 200), Id);
            return name.Length <= 128
                && char.IsAsciiLetterOrDigit(name[0])
                && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
                && name.EndsWith("-01234567", StringComparison.Ordinal);
        }));
}
