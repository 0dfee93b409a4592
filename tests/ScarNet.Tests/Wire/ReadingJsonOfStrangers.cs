using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ScarNet.Local.Access;
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

    [Theory]
    [InlineData("""{"a":"\udcff"}""", "\uFFFD")]
    [InlineData("""{"a":"\uD83D\uDE00"}""", "\U0001F600")]
    [InlineData("""{"a":"x","a":"y"}""", "y")]
    public void IsTheSameForEveryServiceAndForWhatItAsks(string json, string expected)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(json));

        Assert.Equal(expected, JsonInput.Parse(Encoding.UTF8.GetBytes(json)).Text("a"));
        Assert.Equal(expected, RequestBody.Json(context).Text("a"));
    }

    [Fact]
    public void TakesBytesThatAreNoTextAtAll() => Assert.Equal("\uFFFD", JsonInput.Parse((byte[])[.. "{\"a\":\""u8, 0xE9, .. "\"}"u8]).Text("a"));

    [Fact]
    public void TakesTheLastOfAMapsMembersOfOneName() =>
        Assert.Equal([KeyValuePair.Create("k", "2")], JsonInput.Parse("""{"tags":{"k":"1","k":"2"}}"""u8.ToArray()).Map("tags")!);
}
