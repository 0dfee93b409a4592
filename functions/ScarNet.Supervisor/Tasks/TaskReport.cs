using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScarNet.Core.Tasks;

namespace ScarNet.Supervisor.Tasks;

/// <summary>How far a task is, kept in a file as TES has it, so that others can follow. Thread-safe.</summary>
/// <param name="task">The task.</param>
/// <param name="id">Its id.</param>
/// <param name="created">When it was handed in.</param>
/// <param name="file">Where to keep the task with its log; null is nowhere.</param>
internal sealed class TaskReport(TesTask task, string id, DateTimeOffset created, string? file)
{
    private readonly Lock changing = new();
    private TesLog log = new(TimeProvider.System.GetUtcNow());

    public string Id => id;

    public TesState State { get; private set; } = TesState.Queued;

    public TesLog Log => log;

    /// <summary>Goes on to a state and notes what happened.</summary>
    public void Update(TesState state, Func<TesLog, TesLog> change)
    {
        lock (changing)
        {
            if (state != State && !TesStates.MayFollow(State, state))
            {
                throw new InvalidOperationException($"a task cannot go from {State} to {state}");
            }

            State = state;
            log = change(log);
            Write();
        }
    }

    /// <summary>Notes what happened.</summary>
    public void Update(Func<TesLog, TesLog> change) => Update(State, change);

    /// <summary>Adds a line to the system logs.</summary>
    public void Tell(string line) => Update(now => now with { SystemLogs = [.. now.SystemLogs, line] });

    /// <summary>Changes the log of the executor that was started last.</summary>
    public void UpdateExecutor(Func<TesExecutorLog, TesExecutorLog> change) =>
        Update(now => now with { Executors = [.. now.Executors.SkipLast(1), change(now.Executors[^1])] });

    public JsonObject Document() => TesWriter.Write(task, id, State, created, [log]);

    // A reader finds the whole of one state or the whole of the next.
    private void Write()
    {
        if (file is null)
        {
            return;
        }

        var next = $"{file}.{Environment.ProcessId}.new";
        using (var stream = File.Create(next))
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Document().WriteTo(json);
        }

        File.Move(next, file, overwrite: true);
    }
}
