using System.Text.Json;
using ScarNet.Core.Events;

namespace ScarNet.Core.Jobs;

/// <summary>What a job's detail says about its containers, whichever of its three forms it has: one container, a task of several, several nodes.</summary>
/// <param name="Variables">Environment of the container that holds the supervisor.</param>
/// <param name="ExitCode">Of the last attempt; null when nothing was run.</param>
/// <param name="Reason">Why a container ended; null when it says nothing.</param>
/// <param name="LogStream">Of the last attempt.</param>
internal sealed record JobContainers(IReadOnlyDictionary<string, string> Variables, int? ExitCode, string? Reason, string? LogStream)
{
    /// <param name="job">The event's detail.</param>
    /// <param name="last">Its last attempt; undefined when there was none.</param>
    public static JobContainers Of(JsonElement job, JsonElement last)
    {
        var ran = new[] { last.Member("container"), job.Member("container") }.OfType<JsonElement>()
            .Concat(Task(last).Reverse()).ToArray();
        return new(
            Defined(job).Select(Environment).FirstOrDefault(IsOurs) ?? new Dictionary<string, string>(),
            (int?)ran.Select(container => container.NumberOf("exitCode")).FirstOrDefault(code => code is not null),
            ran.Select(container => container.TextOf("reason")).FirstOrDefault(reason => reason is not null),
            ran.Select(container => container.TextOf("logStreamName")).FirstOrDefault(stream => stream is not null));
    }

    private static bool IsOurs(IReadOnlyDictionary<string, string> variables) =>
        variables.ContainsKey(SupervisorVariables.Spec) || variables.ContainsKey(SupervisorVariables.SpecUri);

    private static IEnumerable<JsonElement> Defined(JsonElement job) =>
    [
        .. new[] { job.Member("container") }.OfType<JsonElement>(),
        .. job.Member("ecsProperties") is { } ecs ? Task(ecs) : [],
        .. job.Member("nodeProperties")?.ListOf("nodeRangeProperties")?.Select(range => range.Member("container")).OfType<JsonElement>() ?? [],
    ];

    private static IEnumerable<JsonElement> Task(JsonElement element) =>
        element.ListOf("taskProperties")?.SelectMany(task => task.ListOf("containers") ?? []) ?? [];

    private static Dictionary<string, string> Environment(JsonElement container)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in container.ListOf("environment") ?? [])
        {
            if (variable.TextOf("name") is { } name)
            {
                variables[name] = variable.TextOf("value") ?? "";
            }
        }

        return variables;
    }
}
