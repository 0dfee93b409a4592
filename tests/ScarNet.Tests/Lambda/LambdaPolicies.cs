using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using ScarNet.Local.Lambda;

namespace ScarNet.Tests.Lambda;

public sealed class LambdaPolicies
{
    private const string Account = "000000000000";

    [Theory]
    [InlineData("s3.amazonaws.com", "lambda:InvokeFunction", "arn:aws:s3:::in", Account, true)]
    [InlineData("s3.amazonaws.com", "lambda:InvokeFunction", "arn:aws:s3:::i*", null, true)]
    [InlineData("s3.amazonaws.com", "lambda:*", null, null, true)]
    [InlineData("s3.amazonaws.com", "lambda:InvokeFunction", "arn:aws:s3:::other", Account, false)]
    [InlineData("s3.amazonaws.com", "lambda:InvokeFunction", "arn:aws:s3:::in", "111111111111", false)]
    [InlineData("s3.amazonaws.com", "lambda:GetFunction", "arn:aws:s3:::in", Account, false)]
    [InlineData("events.amazonaws.com", "lambda:InvokeFunction", null, null, false)]
    public void LetABucketInOnlyByItsArnAndAccount(string principal, string action, string? sourceArn, string? sourceAccount, bool may) =>
        Assert.Equal(
            may,
            Policy.LetsBucketInvoke([new PolicyStatement("sid", principal, action, sourceArn, sourceAccount, null)], "arn:aws:s3:::in", Account));

    [Fact]
    public void MatchWildcardsAsARegularExpressionWould()
    {
        var texts = Gen.Elements('a', 'b', '*', '?').ListOf().Select(list => string.Concat(list)).ToArbitrary();

        Prop.ForAll(texts, texts, (pattern, text) =>
        {
            var plain = text.Replace('*', 'a').Replace('?', 'b');
            var expression = "^" + Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal) + "\\z";
            return Policy.Matches(pattern, plain) == Regex.IsMatch(plain, expression, RegexOptions.NonBacktracking);
        }).QuickCheckThrowOnFailure();
    }
}
