using ScarNet.Core;
using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Jobs;

public class CallingWithOverrides
{
    [Theory]
    [InlineData("""{"cmd_args":["a b","c"]}""")]
    [InlineData("""{"cmd_args":"[\"a b\",\"c\"]"}""")]
    public void TakesArgumentsAsAListOrAsItsText(string payload) =>
        Assert.Equal(["a b", "c"], InvokeOverrides.Read(payload).Arguments);

    [Fact]
    public void TakesAScriptInBase64() =>
        Assert.Equal("echo"u8.ToArray(), InvokeOverrides.Read("""{"script":"ZWNobw=="}""").Script);

    [Theory]
    [InlineData(null)]
    [InlineData("no json")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("""{"script":null,"cmd_args":null}""")]
    public void KeepsTheFunctionsOwnOtherwise(string? payload) => Assert.Equal(InvokeOverrides.None, InvokeOverrides.Read(payload));

    [Theory]
    [InlineData("""{"script":"?"}""")]
    [InlineData("""{"script":7}""")]
    [InlineData("""{"cmd_args":7}""")]
    [InlineData("""{"cmd_args":"a b"}""")]
    [InlineData("""{"cmd_args":[1]}""")]
    public void RefusesWhatCannotBeMeant(string payload) => Assert.Throws<ScarException>(() => InvokeOverrides.Read(payload));
}
