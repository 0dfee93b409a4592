using ScarNet.Local;
using ScarNet.Local.Access;
using ScarNet.Local.Iam;

namespace ScarNet.Tests.Access;

public sealed class TemporaryCredentials
{
    private static readonly EngineCredentials keys = new("SCARNETKEY", "secret");
    private static readonly RoleRecord role = new("r", "/scarnet/", "AROAX", "{}", 0, "", new Dictionary<string, string>());
    private static readonly DateTimeOffset time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void AreKnownToTheNextEngineOfTheSameDirectory()
    {
        var given = new RoleSessions(keys).Begin(role, "s", time);

        var found = new RoleSessions(keys).Find(given.AccessKey, given.Token);

        Assert.Equal(given.ToString(), found?.ToString());
        Assert.Matches("^ASIA[A-Z2-7]{16}$", given.AccessKey);
        Assert.Equal(40, given.SecretKey.Length);
    }

    [Fact]
    public void AreNothingToAnotherEngine()
    {
        var given = new RoleSessions(keys).Begin(role, "s", time);

        Assert.Null(new RoleSessions(keys with { SecretKey = "other" }).Find(given.AccessKey, given.Token));
    }

    [Fact]
    public void HoldTogether()
    {
        var sessions = new RoleSessions(keys);
        var (one, other) = (sessions.Begin(role, "one", time), sessions.Begin(role, "other", time));

        Assert.NotEqual(one.SecretKey, other.SecretKey);
        Assert.Null(sessions.Find(one.AccessKey, other.Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("x.y.z")]
    [InlineData("%%%.%%%")]
    public void AreNotJustAnything(string token) => Assert.Null(new RoleSessions(keys).Find("ASIAAAAAAAAAAAAAAAAA", token));

    [Fact]
    public void SayOnlyWhatWasSealed()
    {
        var sessions = new RoleSessions(keys);
        var given = sessions.Begin(role, "s", time);
        var more = sessions.Begin(role with { Name = "admin" }, "s", time);

        Assert.Null(sessions.Find(more.AccessKey, $"{more.Token.Split('.')[0]}.{given.Token.Split('.')[1]}"));
    }
}
