using System.Text.Json.Nodes;

namespace ScarNet.Local.Batch;

/// <summary>One container of a job that has several.</summary>
/// <param name="Name">Unique in its task.</param>
/// <param name="Essential">The task ends with it.</param>
/// <param name="After">Containers that come before it, each with one of the conditions.</param>
/// <param name="Plan">What to run.</param>
internal sealed record TaskContainer(string Name, bool Essential, IReadOnlyList<(string Container, string Condition)> After, JobPlan Plan)
{
    public const string Start = "START";
    public const string Complete = "COMPLETE";
    public const string Success = "SUCCESS";

    private const int MostContainers = 10;

    /// <summary>AWS's rules. Source: docs.aws.amazon.com/batch/latest/userguide/multi-container-jobs.html and API_TaskContainerDependency.html</summary>
    public static void Check(JsonObject ecs)
    {
        var containers = Task(ecs).Objects("containers");
        if (containers.Count is 0 or > MostContainers)
        {
            throw BatchFault.Client($"a task has 1 to {MostContainers} containers, got {containers.Count}");
        }

        var names = containers.Select(container => container.Required("name")).ToList();
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Count)
        {
            throw BatchFault.Client("the containers of a task must have different names");
        }

        if (!containers.Any(IsEssential))
        {
            throw BatchFault.Client("at least one container of a task must be essential");
        }

        foreach (var container in containers)
        {
            ContainerMerge.Check(OfTask(ecs, container));
            foreach (var (other, condition) in AfterOf(container))
            {
                CheckDependency(containers, container.Required("name"), other, condition);
            }
        }

        if (Cycle(containers) is { } name)
        {
            throw BatchFault.Client($"container '{name}' depends on itself");
        }
    }

    /// <summary>ecsProperties with the overrides of a SubmitJob put in, container by container.</summary>
    public static JsonObject Apply(JsonObject ecs, JsonObject? overrides)
    {
        var merged = (JsonObject)ecs.DeepClone();
        if (overrides is null)
        {
            return merged;
        }

        var given = Task(overrides).Objects("containers").ToDictionary(container => container.Required("name"), StringComparer.Ordinal);
        var containers = Task(merged).Objects("containers");
        if (given.Keys.Except(containers.Select(container => container.Required("name"))).FirstOrDefault() is { } unknown)
        {
            throw BatchFault.Client($"ecsPropertiesOverride: the job definition has no container '{unknown}'");
        }

        Task(merged)["containers"] = new JsonArray(
            [.. containers.Select(container => (JsonNode)ContainerMerge.Apply(container, given.GetValueOrDefault(container.Required("name"))))]);
        return merged;
    }

    /// <summary>Reads what <see cref="Check"/> has found to be right.</summary>
    public static IReadOnlyList<TaskContainer> Read(JsonObject ecs, JsonObject document) =>
    [
        .. Task(ecs).Objects("containers").Select(container => new TaskContainer(
            container.Required("name"), IsEssential(container), AfterOf(container), JobPlan.Of(OfTask(ecs, container), document))),
    ];

    private static JsonObject Task(JsonObject ecs) => ecs.Objects("taskProperties") is [var task]
        ? task
        : throw BatchFault.Client("taskProperties must have exactly one task");

    // Volumes and roles are the task's.
    private static JsonObject OfTask(JsonObject ecs, JsonObject container)
    {
        var all = (JsonObject)container.DeepClone();
        all["volumes"] = Task(ecs)["volumes"]?.DeepClone();
        all["jobRoleArn"] = Task(ecs)["taskRoleArn"]?.DeepClone();
        all["executionRoleArn"] = Task(ecs)["executionRoleArn"]?.DeepClone();
        return all;
    }

    // Essential unless it says otherwise, as ECS has it.
    private static bool IsEssential(JsonObject container) => container["essential"] is null || container.Flag("essential");

    private static IReadOnlyList<(string Container, string Condition)> AfterOf(JsonObject container) =>
        [.. container.Objects("dependsOn").Select(entry => (entry.Required("containerName"), entry.Required("condition")))];

    private static void CheckDependency(IReadOnlyList<JsonObject> containers, string name, string other, string condition)
    {
        if (condition is not (Start or Complete or Success))
        {
            throw BatchFault.Client($"condition '{condition}' of container '{name}' must be {Start}, {Complete} or {Success}");
        }

        var found = containers.FirstOrDefault(container => container.Required("name") == other)
            ?? throw BatchFault.Client($"container '{name}' depends on '{other}', which the task does not have");
        if (condition != Start && IsEssential(found))
        {
            throw BatchFault.Client($"container '{name}' depends on the {condition} of '{other}', which is essential: the task would end with it");
        }
    }

    private static string? Cycle(IReadOnlyList<JsonObject> containers)
    {
        var left = containers.ToDictionary(c => c.Required("name"), c => AfterOf(c).Select(after => after.Container).ToHashSet());
        while (left.FirstOrDefault(entry => !entry.Value.Any(left.ContainsKey)) is { Key: { } free })
        {
            left.Remove(free);
        }

        return left.Keys.FirstOrDefault();
    }
}

/// <summary>What became of one container of a task.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Stream">Of its log; null when it was not started.</param>
/// <param name="ExitCode">Null when it was not started.</param>
/// <param name="Reason">Null for an ordinary end.</param>
internal sealed record ContainerEnd(string Name, string? Stream, int? ExitCode, string? Reason);
