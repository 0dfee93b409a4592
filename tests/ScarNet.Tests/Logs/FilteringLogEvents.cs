using ScarNet.Local.Logs;

namespace ScarNet.Tests.Logs;

public sealed class FilteringLogEvents
{
    [Theory]
    [InlineData("", "anything", true)]
    [InlineData("ERROR", "an ERROR here", true)]
    [InlineData("ERROR", "an error here", false)]
    [InlineData("ERROR disk", "disk ERROR", true)]
    [InlineData("ERROR disk", "ERROR only", false)]
    [InlineData("\"disk full\"", "the disk full error", true)]
    [InlineData("\"disk full\"", "full disk", false)]
    [InlineData("ERROR -retry", "ERROR now", true)]
    [InlineData("ERROR -retry", "ERROR retry", false)]
    [InlineData("?ERROR ?WARN", "a WARN", true)]
    [InlineData("?ERROR ?WARN", "an INFO", false)]
    [InlineData("ERROR ?WARN", "ERROR", true)]
    [InlineData("-\"two words\" x", "x two words", false)]
    public void FollowsCloudWatchsSimpleTerms(string pattern, string message, bool matches) =>
        Assert.Equal(matches, FilterPattern.Parse(pattern)!.Matches(message));

    [Theory]
    [InlineData("{ $.level = \"ERROR\" }")]
    [InlineData("[ip, user, ...]")]
    [InlineData("%AB+C%")]
    [InlineData("\"never closed")]
    public void RefusesWhatItWouldNotUnderstand(string pattern) => Assert.Null(FilterPattern.Parse(pattern));
}
