using System.Text.Json.Nodes;
using ScarNet.Core.Tasks;

namespace ScarNet.Cli.Tes;

/// <summary>A task that was handed in.</summary>
/// <param name="Id">Made up here.</param>
/// <param name="Task">The task.</param>
/// <param name="Created">When.</param>
/// <param name="Directory">Its files.</param>
internal sealed record StoredTask(string Id, TesTask Task, DateTimeOffset Created, string Directory)
{
    /// <summary>Written by the supervisor as the task goes on.</summary>
    public string LogFile => Path.Join(Directory, "log.json");

    /// <summary>What the supervisor is given.</summary>
    public string TaskFile => Path.Join(Directory, "task.json");

    /// <summary>The state as far as this server knows; null leaves it to the log.</summary>
    public TesState? Known { get; set; } = TesState.Queued;

    /// <summary>Why the task ended although its log does not say so.</summary>
    public string? Reason { get; set; }

    /// <summary>The whole of it, the FULL view.</summary>
    public JsonObject Document()
    {
        var document = Log() ?? TesWriter.Write(Task, Id, TesState.Queued, Created, Reason is null ? [] : [new(Created) { End = Created, SystemLogs = [Reason] }]);
        if (Known is { } state && !(document["state"] is { } logged && TesStates.Parse((string)logged!) is { } end && TesStates.IsFinal(end)))
        {
            document["state"] = TesStates.Name(state);
        }

        return document;
    }

    private JsonObject? Log()
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(LogFile)) as JsonObject;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}

/// <summary>The tasks of a server, newest first, for as long as it runs. Thread-safe.</summary>
internal sealed class TaskStore(string directory, TimeProvider clock)
{
    private readonly Lock changing = new();
    private readonly List<StoredTask> tasks = [];

    public StoredTask Add(TesTask task)
    {
        var id = $"tes-{Guid.NewGuid():N}";
        var stored = new StoredTask(id, task, clock.GetUtcNow(), Path.Join(directory, id));
        Directory.CreateDirectory(stored.Directory);
        File.WriteAllText(stored.TaskFile, TesWriter.Write(task).ToJsonString());
        lock (changing)
        {
            tasks.Add(stored);
        }

        return stored;
    }

    public StoredTask? Find(string id)
    {
        lock (changing)
        {
            return tasks.Find(task => task.Id == id);
        }
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<StoredTask> All()
    {
        lock (changing)
        {
            return [.. Enumerable.Reverse(tasks)];
        }
    }
}
