using ScarNet.Core.Functions;

namespace ScarNet.Tests.Functions;

public sealed class MembersOfSecrets
{
    [Theory]
    [InlineData("""{"user":"ann"}""", "ann")]
    [InlineData("""{"user":""}""", "")]
    [InlineData("""{"user":5432}""", "5432")]
    [InlineData("""{"user":true}""", "true")]
    [InlineData("""{"user":{"name": "ann"}}""", """{"name": "ann"}""")]
    [InlineData("""{"user":["a",1]}""", """["a",1]""")]
    [InlineData("""{"user":"ann","user":"bob"}""", "bob")]
    [InlineData("""{"user":"\u00e9"}""", "é")]
    public void AreTextsAsTheyAreAndOthersAsTheyAreWritten(string secret, string expected) => Assert.Equal(expected, SecretMember.Of(secret, "user"));

    [Theory]
    [InlineData("""{"User":"ann"}""")]
    [InlineData("""{"user":null}""")]
    [InlineData("""["user"]""")]
    [InlineData("\"user\"")]
    [InlineData("user")]
    [InlineData("")]
    public void AreNoneWhereThereIsNone(string secret) => Assert.Null(SecretMember.Of(secret, "user"));
}
