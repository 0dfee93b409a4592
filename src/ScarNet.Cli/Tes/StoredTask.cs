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
    public const string TaskFileName = "task.json";

    /// <summary>Written by the supervisor as the task goes on.</summary>
    public string LogFile => Path.Join(Directory, "log.json");

    /// <summary>How the task ended, where its log does not say so; there is none while it has not.</summary>
    private string EndFile => Path.Join(Directory, "end.json");

    /// <summary>What the supervisor is given.</summary>
    public string TaskFile => Path.Join(Directory, TaskFileName);

    /// <summary>The state as far as this server knows; null leaves it to the log.</summary>
    public TesState? Known { get; set; } = TesState.Queued;

    /// <summary>Why the task ended although its log does not say so.</summary>
    private string? Reason { get; set; }

    /// <summary>The whole of it, the FULL view.</summary>
    public JsonObject Document()
    {
        var document = ReadIfThere(LogFile) ?? TesWriter.Write(Task, Id, TesState.Queued, Created, Reason is null ? [] : [new(Created) { End = Created }]);
        if (Known is { } state && !HasEnded(document))
        {
            document["state"] = TesStates.Name(state);
            if (Reason is not null && document["logs"] is JsonArray { Count: > 0 } logs && logs[^1] is JsonObject log)
            {
                var lines = log["system_logs"] as JsonArray;
                log["system_logs"] = new JsonArray([.. (lines ?? []).Select(line => line!.DeepClone()), Reason]);
            }
        }

        return document;
    }

    /// <summary>Notes how the task ended; what its log says, if it does, wins over this. Outlives this process.</summary>
    public void End(TesState state, string reason)
    {
        Reason = reason;
        Known = state;
        Write(EndFile, new() { ["state"] = TesStates.Name(state), ["reason"] = reason });
    }

    /// <summary>Finds out how far the task was when an earlier server ended.</summary>
    public void TakeUp(DateTimeOffset now)
    {
        if (ReadIfThere(EndFile) is { } end)
        {
            Known = TesStates.Parse((string?)end["state"] ?? "");
            Reason = (string?)end["reason"];
        }
        else if (ReadIfThere(LogFile) is { } log)
        {
            Known = null;
            if (!HasEnded(log))
            {
                End(TesState.SystemError, $"the server was killed while the task ran, which was noticed at {TesWriter.Time(now)}");
            }
        }
    }

    /// <summary>Null when there is no such file.</summary>
    public static JsonObject? ReadIfThere(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file)) as JsonObject;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes a file whole or not at all, whatever happens to this process.</summary>
    public static void Write(string file, JsonObject document)
    {
        File.WriteAllText(file + ".new", document.ToJsonString());
        File.Move(file + ".new", file, overwrite: true);
    }

    private static bool HasEnded(JsonObject document) =>
        document["state"] is { } state && TesStates.Parse((string)state!) is { } known && TesStates.IsFinal(known);
}
