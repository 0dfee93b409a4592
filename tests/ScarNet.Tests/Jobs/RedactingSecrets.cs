using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Jobs;

public class RedactingSecrets
{
    [Theory]
    [InlineData("DB_PASSWORD", true)]
    [InlineData("AWS_SECRET_ACCESS_KEY", true)]
    [InlineData("github_token", true)]
    [InlineData("LICENSE_KEY", true)]
    [InlineData("STORAGE_OBJECT_KEY", false)]
    [InlineData("KEYBOARD", false)]
    [InlineData("PATH", false)]
    public void GoesByTheName(string name, bool secret) => Assert.Equal(secret, Redaction.IsSecret(name));

    [Fact]
    public void ReplacesTheValueWhereverItStands()
    {
        var redaction = Redaction.Of(new Dictionary<string, string> { ["DB_PASSWORD"] = "hunter2", ["LONG_TOKEN"] = "hunter2-and-more", ["USER"] = "ann" });

        Assert.Equal(
            ["/bin/sh", "--password=***", "***", "ann", ""],
            redaction.Apply(["/bin/sh", "--password=hunter2", "hunter2-and-more", "ann", ""]));
    }

    [Fact]
    public void LeavesTextAloneForSecretsThatAreTooShort() =>
        Assert.Equal("a1a", Redaction.Of(new Dictionary<string, string> { ["PIN_TOKEN"] = "1", ["EMPTY_TOKEN"] = "" }).Apply("a1a"));
}
