using System.Globalization;
using System.Text.Json.Nodes;

namespace ScarNet.Core.Tasks;

/// <summary>Writes tasks and their logs as TES has them: snake_case, times in RFC 3339, sizes as texts.</summary>
public static class TesWriter
{
    /// <summary>A whole task with what a server sets, the FULL view.</summary>
    public static JsonObject Write(TesTask task, string id, TesState state, DateTimeOffset created, IEnumerable<TesLog> logs)
    {
        var document = new JsonObject
        {
            ["id"] = id,
            ["state"] = TesStates.Name(state),
            ["creation_time"] = Time(created),
        };
        foreach (var (name, value) in Write(task).ToList())
        {
            document[name] = value?.DeepClone();
        }

        document["logs"] = new JsonArray([.. logs.Select(Write)]);
        return document;
    }

    public static JsonObject Write(TesTask task) => Compact(new()
    {
        ["name"] = task.Name,
        ["description"] = task.Description,
        ["inputs"] = List(task.Inputs, Write),
        ["outputs"] = List(task.Outputs, Write),
        ["resources"] = task.Resources is { } resources ? Write(resources) : null,
        ["executors"] = List(task.Executors, Write),
        ["volumes"] = Texts(task.Volumes),
        ["tags"] = Map(task.Tags),
    });

    public static JsonObject Write(TesLog log) => Compact(new()
    {
        ["logs"] = new JsonArray([.. log.Executors.Select(Write)]),
        ["metadata"] = Map(log.Metadata),
        ["start_time"] = Time(log.Start),
        ["end_time"] = log.End is { } end ? Time(end) : null,
        ["outputs"] = new JsonArray([.. log.Outputs.Select(output => new JsonObject
        {
            ["url"] = output.Url,
            ["path"] = output.Path,
            ["size_bytes"] = output.SizeBytes.ToString(CultureInfo.InvariantCulture), // protocol buffers' way with 64 bits
        })]),
        ["system_logs"] = Texts(log.SystemLogs),
    });

    /// <summary>RFC 3339, in UTC, to the millisecond.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static JsonObject Write(TesExecutorLog log) => Compact(new()
    {
        ["start_time"] = Time(log.Start),
        ["end_time"] = log.End is { } end ? Time(end) : null,
        ["stdout"] = log.Stdout,
        ["stderr"] = log.Stderr,
        ["exit_code"] = log.ExitCode,
    });

    private static JsonObject Write(TesInput input) => Compact(new()
    {
        ["name"] = input.Name,
        ["description"] = input.Description,
        ["url"] = input.Url,
        ["path"] = input.Path,
        ["type"] = input.Type.ToString().ToUpperInvariant(),
        ["content"] = input.Content,
        ["streamable"] = input.Streamable ? true : null,
    });

    private static JsonObject Write(TesOutput output) => Compact(new()
    {
        ["name"] = output.Name,
        ["description"] = output.Description,
        ["url"] = output.Url,
        ["path"] = output.Path,
        ["path_prefix"] = output.PathPrefix,
        ["type"] = output.Type.ToString().ToUpperInvariant(),
    });

    private static JsonObject Write(TesExecutor executor) => Compact(new()
    {
        ["image"] = executor.Image,
        ["command"] = Texts(executor.Command),
        ["workdir"] = executor.Workdir,
        ["stdin"] = executor.Stdin,
        ["stdout"] = executor.Stdout,
        ["stderr"] = executor.Stderr,
        ["env"] = Map(executor.Env),
        ["ignore_error"] = executor.IgnoreError ? true : null,
    });

    private static JsonObject Write(TesResources resources) => Compact(new()
    {
        ["cpu_cores"] = resources.CpuCores,
        ["preemptible"] = resources.Preemptible ? true : null,
        ["ram_gb"] = resources.RamGb,
        ["disk_gb"] = resources.DiskGb,
        ["zones"] = Texts(resources.Zones),
        ["backend_parameters"] = Map(resources.BackendParameters),
        ["backend_parameters_strict"] = resources.BackendParametersStrict ? true : null,
    });

    private static JsonArray? List<T>(IReadOnlyList<T> items, Func<T, JsonObject> write) =>
        items.Count == 0 ? null : new JsonArray([.. items.Select(write)]);

    private static JsonArray? Texts(IReadOnlyList<string> texts) =>
        texts.Count == 0 ? null : new JsonArray([.. texts.Select(text => (JsonNode)text)]);

    private static JsonObject? Map(IReadOnlyDictionary<string, string> map) =>
        map.Count == 0 ? null : new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    private static JsonObject Compact(JsonObject members)
    {
        foreach (var name in members.Where(member => member.Value is null).Select(member => member.Key).ToList())
        {
            members.Remove(name);
        }

        return members;
    }
}
