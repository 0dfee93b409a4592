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
    public void KnowsThoseThatAreDeclaredWhateverTheyAreCalled()
    {
        var redaction = Redaction.Of(new Dictionary<string, string> { ["LICENCE"] = "first line\nsecond line\n", ["USER"] = "ann-marie" }, "LICENCE");

        Assert.Equal("*** of ann-marie: ***!", redaction.Apply("second line of ann-marie: first line\nsecond line\n!"));
    }

    [Theory]
    [InlineData("ter2-and-more, then hunter2-and-more", "***, then ***")]
    [InlineData("re is little of it", "re is little of it")]
    [InlineData("more is enough of it", "*** is enough of it")]
    [InlineData("nothing", "nothing")]
    public void KnowsTheRestOfOneThatIsCutAtTheStart(string end, string shown) =>
        Assert.Equal(shown, Redaction.Of(new Dictionary<string, string> { ["LONG_TOKEN"] = "hunter2-and-more" }).ApplyToEnd(end));

    [Fact]
    public void LeavesTextAloneForSecretsThatAreTooShort() =>
        Assert.Equal("a1a", Redaction.Of(new Dictionary<string, string> { ["PIN_TOKEN"] = "1", ["EMPTY_TOKEN"] = "" }).Apply("a1a"));
}
