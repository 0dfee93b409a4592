using ScarNet.Cli.Commands;

namespace ScarNet.Tests.Cli;

public sealed class ReadingDurations
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("10m", 600)]
    [InlineData("1.5h", 5400)]
    [InlineData("2d", 172_800)]
    [InlineData("45", 45)]
    [InlineData("0", 0)]
    public void TakesAUnitOrSeconds(string text, double seconds)
    {
        Assert.True(Duration.TryParse(text, out var time));

        Assert.Equal(seconds, time.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("soon")]
    [InlineData("-5s")]
    [InlineData("5 m")]
    [InlineData("5w")]
    [InlineData("1e9h")]
    [InlineData("99999999d")]
    public void RefusesTheRest(string text) => Assert.False(Duration.TryParse(text, out _));
}
