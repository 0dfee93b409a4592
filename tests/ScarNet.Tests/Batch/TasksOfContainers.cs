using System.Text.Json.Nodes;
using ScarNet.Local.Batch;
using ScarNet.Local.Http;

namespace ScarNet.Tests.Batch;

/// <summary>ecsProperties by AWS's rules: DOMAIN.md, 5.2, and API_TaskContainerDependency.html.</summary>
public sealed class TasksOfContainers
{
    private static readonly JsonObject Good = Task(
        Container("in", essential: false), Container("run", essential: false, ("in", "SUCCESS")), Container("out", essential: true, ("run", "COMPLETE")));

    [Fact]
    public void AreTakenInAnyOrderThatEnds() => TaskContainer.Check(Good);

    [Fact]
    public void AreRefusedWhenTheyBreakARule()
    {
        var eleven = Enumerable.Range(0, 11).Select(i => Container($"c{i}", essential: true)).ToArray();
        (JsonObject Ecs, string Why)[] bad =
        [
            (Task(), "a task has 1 to 10 containers, got 0"),
            (Task(eleven), "a task has 1 to 10 containers, got 11"),
            (Task(Container("a", true), Container("a", true)), "the containers of a task must have different names"),
            (Task(Container("a", false)), "at least one container of a task must be essential"),
            (Task(Container("a", true), Container("b", true, ("a", "SUCCESS"))), "container 'b' depends on the SUCCESS of 'a', which is essential: the task would end with it"),
            (Task(Container("a", true), Container("b", true, ("a", "COMPLETE"))), "container 'b' depends on the COMPLETE of 'a', which is essential: the task would end with it"),
            (Task(Container("a", true, ("b", "HEALTHY")), Container("b", false)), "condition 'HEALTHY' of container 'a' must be START, COMPLETE or SUCCESS"),
            (Task(Container("a", true, ("b", "START"))), "container 'a' depends on 'b', which the task does not have"),
            (Task(Container("a", true, ("b", "START")), Container("b", false, ("a", "START"))), "container 'a' depends on itself"),
            (new JsonObject { ["taskProperties"] = new JsonArray() }, "taskProperties must have exactly one task"),
        ];

        Assert.All(bad, one => Assert.Equal(one.Why, Assert.Throws<ApiException>(() => TaskContainer.Check(one.Ecs)).Message));
    }

    [Fact]
    public void TakeOverridesByName()
    {
        var overrides = JsonNode.Parse("""{"taskProperties":[{"containers":[{"name":"run","environment":[{"name":"A","value":"2"}]}]}]}""")!.AsObject();

        var merged = TaskContainer.Apply(Good, overrides);

        Assert.Equal(
            [0, 1, 0], merged["taskProperties"]![0]!["containers"]!.AsArray().Select(container => container!["environment"]?.AsArray().Count ?? 0));
    }

    [Fact]
    public void RefuseOverridesOfAContainerThatIsNotThere()
    {
        var overrides = JsonNode.Parse("""{"taskProperties":[{"containers":[{"name":"other"}]}]}""")!.AsObject();

        Assert.Equal("ecsPropertiesOverride: the job definition has no container 'other'", Assert.Throws<ApiException>(() => TaskContainer.Apply(Good, overrides)).Message);
    }

    private static JsonObject Task(params JsonObject[] containers) => new()
    {
        ["taskProperties"] = new JsonArray(new JsonObject { ["containers"] = new JsonArray([.. containers]) }),
    };

    private static JsonObject Container(string name, bool essential, params (string Container, string Condition)[] after) => new()
    {
        ["name"] = name,
        ["image"] = "i",
        ["essential"] = essential,
        ["dependsOn"] = new JsonArray([.. after.Select(one => new JsonObject { ["containerName"] = one.Container, ["condition"] = one.Condition })]),
        ["resourceRequirements"] = new JsonArray(
            new JsonObject { ["type"] = "VCPU", ["value"] = "0.25" }, new JsonObject { ["type"] = "MEMORY", ["value"] = "512" }),
    };
}
