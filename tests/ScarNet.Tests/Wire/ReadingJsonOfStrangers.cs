using System.Text.Json;
using ScarNet.Local.Wire;

namespace ScarNet.Tests.Wire;

public sealed class ReadingJsonOfStrangers
{
    [Theory]
    [InlineData("""{"a":"\udcff"}""", """{"a":"�"}""")]
    [InlineData("""{"a":"\uD83D"}""", """{"a":"�"}""")]
    [InlineData("""{"a":"\ud83d\ud83d\ude00"}""", """{"a":"�😀"}""")]
    [InlineData("""{"a":"\ud83d\u0041"}""", """{"a":"�A"}""")]
    [InlineData("""{"a":"\ud83d\n"}""", """{"a":"�\n"}""")]
    [InlineData("""{"a":"\\udcff"}""", """{"a":"\\udcff"}""")]
    [InlineData("""{"\udcff":{"b":["\udcff",null,true,1.50]}}""", """{"�":{"b":["�",null,true,1.50]}}""")]
    [InlineData("""{"a":1,"b":2,"a":3}""", """{"a":3,"b":2}""")]
    [InlineData("null", "null")]
    public void TurnsWhatHasNoTextIntoReplacementCharacters(string json, string expected)
    {
        var node = LenientJson.Parse(json);

        Assert.Equal(expected.Replace("😀", @"\uD83D\uDE00", StringComparison.Ordinal), node is null ? "null" : JsonOutput.Text(node));
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"a":"\ud8""")]
    [InlineData("""{"a":"\udcff" """)]
    public void RefusesWhatIsNoJson(string json) => Assert.ThrowsAny<JsonException>(() => LenientJson.Parse(json));

    [Fact]
    public void RefusesWhatIsNestedTooDeepToBeCarriedOn() =>
        Assert.ThrowsAny<JsonException>(() => LenientJson.Parse(new string('[', 60) + new string(']', 60)));
}
