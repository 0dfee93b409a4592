using ScarNet.Local.Http;
using ScarNet.Local.Lambda;

namespace ScarNet.Tests.Lambda;

public sealed class NamingFunctions
{
    [Theory]
    [InlineData("f", "f", null)]
    [InlineData("f:live", "f", "live")]
    [InlineData("000000000000:function:f", "f", null)]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:f", "f", null)]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST", "f", "$LATEST")]
    public void UnderstandsEveryForm(string text, string name, string? qualifier) => Assert.Equal((name, qualifier), FunctionName.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("../x")]
    [InlineData("ü")]
    public void RefusesWhatCannotBeAName(string name) => Assert.Throws<ApiException>(() => FunctionName.Check(name));
}
