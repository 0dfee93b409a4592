using System.Text.Json;
using System.Text.Json.Nodes;
using ScarNet.Cli.Deploy;
using ScarNet.Local.Batch;
using ScarNet.Local.Http;

namespace ScarNet.Tests.Batch;

public sealed class DecidingOnRetries
{
    [Theory]
    [InlineData(null, null, "196", 196, null, "Essential container in task exited", true)]
    [InlineData(null, null, "196", 19, null, "Essential container in task exited", false)]
    [InlineData(null, null, "19*", 196, null, null, true)]
    [InlineData(null, null, "19*", 19, null, null, true)]
    [InlineData(null, null, "19*", 91, null, null, false)]
    [InlineData(null, null, "*", null, null, null, true)]
    [InlineData(null, null, "1", null, null, null, false)]
    [InlineData("Host EC2*", null, null, null, null, "Host EC2 (instance i-1) terminated.", true)]
    [InlineData("Host EC2*", null, null, 1, null, "Essential container in task exited", false)]
    [InlineData(null, "CannotPullContainerError*", null, null, "CannotPullContainerError: no such image", null, true)]
    [InlineData(null, "CannotPull", null, null, "CannotPullContainerError: no such image", null, false)]
    [InlineData(null, "*", null, 1, null, null, true)]
    [InlineData(null, null, null, 1, null, null, true)]
    [InlineData("Task failed*", null, "1", 1, null, "Essential container in task exited", false)]
    public void ARuleMatchesWhenAllItsPatternsDo(
        string? onStatusReason, string? onReason, string? onExitCode, int? exitCode, string? reason, string? statusReason, bool expected)
    {
        var rule = new ExitRule(onStatusReason, onReason, onExitCode, Retry: true);

        Assert.Equal(expected, ExitRules.Matches(rule, new AttemptOutcome(exitCode, reason, statusReason)));
    }

    [Fact]
    public void TheFirstRuleThatMatchesDecides()
    {
        ExitRule[] rules = [new(null, null, "5", Retry: false), new(null, "*", null, Retry: true), new(null, null, "6", Retry: false)];

        Assert.False(ExitRules.Retries(rules, new AttemptOutcome(5, null, null)));
        Assert.True(ExitRules.Retries(rules, new AttemptOutcome(6, null, null)));
    }

    [Fact]
    public void WhereNoneMatchesTheJobIsTriedAgain()
    {
        Assert.True(ExitRules.Retries([new(null, null, "5", Retry: false)], new AttemptOutcome(6, null, null)));
        Assert.True(ExitRules.Retries([], new AttemptOutcome(6, null, null)));
    }

    [Theory]
    [InlineData("""{"onExitCode":"1*9","action":"RETRY"}""", "onExitCode '1*9' must be digits")]
    [InlineData("""{"onExitCode":"x","action":"RETRY"}""", "onExitCode 'x' must be digits")]
    [InlineData("""{"onReason":"*a","action":"RETRY"}""", "onReason '*a'")]
    [InlineData("""{"onReason":"a","action":"STOP"}""", "action 'STOP'")]
    [InlineData("""{"onReason":"a"}""", "action is required")]
    public void RefusesRulesThatBatchWouldRefuse(string rule, string message)
    {
        var strategy = new JsonObject { ["evaluateOnExit"] = new JsonArray(JsonNode.Parse(rule)) };

        Assert.Contains(message, Assert.Throws<ApiException>(() => ExitRules.Read(strategy)).Message);
    }

    [Fact]
    public void RefusesMoreThanFiveRules()
    {
        var rules = Enumerable.Range(0, 6).Select(_ => (JsonNode)new JsonObject { ["action"] = "exit" }).ToArray();

        Assert.Throws<ApiException>(() => ExitRules.Read(new JsonObject { ["evaluateOnExit"] = new JsonArray(rules) }));
    }

    /// <summary>What init registers, as the engine carries it out.</summary>
    [Theory]
    [InlineData(75, "Essential container in task exited", true)]
    [InlineData(1, "Essential container in task exited", false)]
    [InlineData(7, "Essential container in task exited", false)]
    [InlineData(19, "Essential container in task exited", false)]
    [InlineData(196, "Essential container in task exited", true)]
    [InlineData(1, "Host EC2 (instance i-1) terminated.", true)]
    public void ByExitCodeAreThoseOfTheFunctionFile(int exitCode, string statusReason, bool retried)
    {
        var strategy = RetryStrategies.For(3, new(new Dictionary<int, bool> { [75] = true, [1] = false }));
        var rules = ExitRules.Read(JsonSerializer.SerializeToNode(strategy, JsonSerializerOptions.Web)!.AsObject());

        Assert.Equal(retried, ExitRules.Retries(rules, new AttemptOutcome(exitCode, null, statusReason)));
    }
}
