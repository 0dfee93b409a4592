using System.Text.Json;
using ScarNet.Local.Events;
using ScarNet.Local.Wire;
using ScarNet.Tests.Messaging;

namespace ScarNet.Tests.Events;

public sealed class ChangingRulesAtOnce : IAsyncDisposable
{
    private readonly EngineParts engine = new();

    [Fact]
    public async Task LeavesTheBusWithTheLastOfEach()
    {
        var rules = new RulesApi(engine.Database, engine.Bus);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Put(rules, $"other{i}", "other"))); // so that reading takes a while
        var stale = new List<string>();

        for (var round = 0; round < 40; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Put(rules, $"rule{i}", $"source{i}-{round}"))));
            stale.AddRange(Enumerable.Range(0, 8).Select(i => $"source{i}-{round}").Where(source => !Wants(source)));
        }

        Assert.Empty(stale);
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    private static Task Put(RulesApi rules, string name, string source)
    {
        var input = JsonSerializer.SerializeToUtf8Bytes(new { Name = name, EventPattern = $$"""{"source":["{{source}}"]}""" });
        return rules.Put(JsonInput.Parse(input), TestContext.Current.CancellationToken);
    }

    private bool Wants(string source)
    {
        using var known = JsonDocument.Parse($$"""{"source":"{{source}}"}""");
        return engine.Bus.Wants(known.RootElement);
    }
}
