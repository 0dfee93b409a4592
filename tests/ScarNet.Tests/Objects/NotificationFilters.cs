using ScarNet.Local.Http;
using ScarNet.Local.S3.Notifications;

namespace ScarNet.Tests.Objects;

public sealed class NotificationFilters
{
    [Theory]
    [InlineData("in/", "", "in/a.txt", true)]
    [InlineData("in/", "", "in2/a.txt", false)]
    [InlineData("", ".jpg", "x/a.jpg", true)]
    [InlineData("", ".jpg", "x/a.jpeg", false)]
    [InlineData("in%3D2026/", "", "in=2026/a", true)]
    [InlineData("red+", "", "red flower.jpg", true)]
    [InlineData("a%2B", "", "a+b", true)]
    [InlineData("100%", "", "100%.txt", true)]
    public void MatchDecodedKeys(string prefix, string suffix, string key, bool matches) =>
        Assert.Equal(matches, Rule("s3:ObjectCreated:*", prefix, suffix).Matches("ObjectCreated:Put", key));

    [Theory]
    [InlineData("s3:ObjectCreated:*", "ObjectCreated:Copy", true)]
    [InlineData("s3:ObjectCreated:Put", "ObjectCreated:Put", true)]
    [InlineData("s3:ObjectCreated:Put", "ObjectCreated:Copy", false)]
    [InlineData("s3:ObjectRemoved:*", "ObjectCreated:Put", false)]
    public void MatchEvents(string pattern, string name, bool matches) => Assert.Equal(matches, Rule(pattern, "", "").Matches(name, "k"));

    [Theory]
    [InlineData("a/", ".jpg", "a/b/", "pg", true)]
    [InlineData("a/", ".jpg", "a/", ".png", false)]
    [InlineData("a/", "", "b/", "", false)]
    [InlineData("", "", "b/", ".x", true)]
    public void OverlapAsS3SaysIt(string prefix1, string suffix1, string prefix2, string suffix2, bool overlap)
    {
        var first = Rule("s3:ObjectCreated:*", prefix1, suffix1);
        var second = Rule("s3:ObjectCreated:Put", prefix2, suffix2);

        Assert.Equal(overlap, first.Overlaps(second));
        Assert.Equal(overlap, second.Overlaps(first));
    }

    [Fact]
    public void DoNotOverlapWhenTheirEventsDiffer() =>
        Assert.False(Rule("s3:ObjectCreated:*", "", "").Overlaps(Rule("s3:ObjectRemoved:*", "", "")));

    [Theory]
    [InlineData("s3:ObjectCreated", "arn:aws:lambda:us-east-1:000000000000:function:f")]
    [InlineData("s3:ObjectCreated:*", "arn:aws:sqs:us-east-1:000000000000:q")]
    [InlineData("s3:ObjectCreated:*", "f")]
    public void AreRefusedWithUnknownEventsAndWrongArns(string name, string arn)
    {
        var configuration = new NotificationConfiguration([new NotificationRule("", DestinationKind.Function, arn, [name], null)], false);

        Assert.Equal("InvalidArgument", Assert.Throws<ApiException>(() => NotificationCheck.Accept(configuration, _ => true)).Code);
    }

    private static NotificationRule Rule(string pattern, string prefix, string suffix) => new(
        "id", DestinationKind.Function, "arn:aws:lambda:us-east-1:000000000000:function:f", [pattern], [("Prefix", prefix), ("Suffix", suffix)]);
}
