using ScarNet.Cli.Output;

namespace ScarNet.Tests.Cli;

public sealed class ShowingText
{
    [Fact]
    public void AlignsColumnsWithoutTrailingSpaces()
    {
        var table = Columns.Of(["NAME", "STATE"], [["a-long-name", "ok"], ["b", "failed"]]);

        Assert.Equal("NAME         STATE\na-long-name  ok\nb            failed", table);
    }

    [Fact]
    public void TakesTheSightFromControlCharacters() =>
        Assert.Equal(@"evil\x1b[2Jkey\x0a", Printable.Of("evil\e[2Jkey\n"));

    [Fact]
    public void ShowsTheTabsOfALogAsBlanks() => Assert.Equal(@"REPORT 1 ms\x1b", LogText.ForEyes("REPORT\t1 ms\e"));

    [Theory]
    [InlineData("plain", "'plain'")]
    [InlineData("a b$(x)", "'a b$(x)'")]
    [InlineData("it's", @"'it'\''s'")]
    public void QuotesAWordOfTheShell(string text, string quoted) => Assert.Equal(quoted, ShellWord.Quote(text));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.0 KiB")]
    [InlineData(1_610_612_736, "1.5 GiB")]
    public void PutsBytesInAFittingUnit(long bytes, string text) => Assert.Equal(text, Amount.OfBytes(bytes));

    [Theory]
    [InlineData(0.44, "0.4 s")]
    [InlineData(12.4, "12 s")]
    [InlineData(185, "3 min 05 s")]
    [InlineData(7620, "2 h 07 min")]
    public void PutsTimesInFittingUnits(double seconds, string text) => Assert.Equal(text, Amount.Of(TimeSpan.FromSeconds(seconds)));
}
