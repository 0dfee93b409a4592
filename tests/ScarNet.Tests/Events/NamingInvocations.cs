using ScarNet.Core.Events;

namespace ScarNet.Tests.Events;

public class NamingInvocations
{
    private static readonly ObjectEvent Event = new()
    {
        Object = new("in", "a/b.txt"),
        ETag = "e1",
        Sequencer = "0055AED6",
        Size = 3,
        Time = DateTimeOffset.UnixEpoch,
    };

    [Fact]
    public void GivesARepeatedEventTheSameId()
    {
        var repeated = Event with { Size = null, Time = null, Region = "eu-west-1", Sequencer = "0055aed600" };

        Assert.Equal(Invocation.IdOf("f", Event), Invocation.IdOf("f", repeated));
    }

    [Fact]
    public void GivesEverythingElseAnotherId()
    {
        string[] ids =
        [
            Invocation.IdOf("f", Event),
            Invocation.IdOf("g", Event),
            Invocation.IdOf("f", Event with { Object = new("other", "a/b.txt") }),
            Invocation.IdOf("f", Event with { Object = new("in", "a/b.tx") }),
            Invocation.IdOf("f", Event with { Object = new("ina", "/b.txt") }),
            Invocation.IdOf("f", Event with { ETag = "e2" }),
            Invocation.IdOf("f", Event with { VersionId = "v" }),
            Invocation.IdOf("f", Event with { Sequencer = "0055AED7" }),
            Invocation.IdOf("f", "request"),
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{64}$", id));
    }

    [Fact]
    public void NeverChanges() => Assert.Equal(
        "da62b95fd53e1f3bdad4d13ec7c0e1f33eba56b59b52aa772541ddbcbcc03235", Invocation.IdOf("f", Event)); // claims of earlier versions must still be found
}
