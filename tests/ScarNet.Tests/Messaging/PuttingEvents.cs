using System.Text.Json.Nodes;
using ScarNet.Local.Events;
using ScarNet.Local.Http;
using ScarNet.Local.Wire;

namespace ScarNet.Tests.Messaging;

public sealed class PuttingEvents : IAsyncDisposable
{
    private readonly EngineParts engine = new();

    [Theory]
    [InlineData("1763700000000")]
    [InlineData("-1")]
    [InlineData("1e300")]
    public async Task RefusesTimesThatAreNone(string time)
    {
        var refused = await Assert.ThrowsAsync<ApiException>(() => Put($$"""{"Source":"s","DetailType":"t","Detail":"{}","Time":{{time}}}"""));

        Assert.Equal((400, "SerializationException"), (refused.Status, refused.Code));
    }

    [Theory]
    [InlineData("1763700000")]
    [InlineData("1763700000.5")]
    public async Task TakesSecondsAndFractionsOfThem(string time)
    {
        var answer = await Put($$"""{"Source":"s","DetailType":"t","Detail":"{}","Time":{{time}}}""");

        Assert.Equal(0, (int)answer!["FailedEntryCount"]!);
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    private Task<JsonObject?> Put(string entry) => new EntriesApi(engine.Database, engine.Bus, engine.Destinations, engine.Clock).Put(
        JsonInput.Parse(System.Text.Encoding.UTF8.GetBytes($$"""{"Entries":[{{entry}}]}""")), TestContext.Current.CancellationToken);
}
