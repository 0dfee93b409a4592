using System.Globalization;
using System.Text.Json.Nodes;
using ScarNet.Core;
using ScarNet.Core.Tasks;

namespace ScarNet.Cli.Tes;

/// <summary>The tasks of a server, newest first, kept in a directory from one server to the next. Thread-safe.</summary>
internal sealed class TaskStore : IDisposable
{
    private const string Prefix = "tes-";
    private readonly Lock changing = new();
    private readonly List<StoredTask> tasks = [];
    private readonly string directory;
    private readonly TimeProvider clock;
    private readonly FileStream held;

    /// <summary>Takes up what an earlier server left: what was running when that was killed has come to an end.</summary>
    /// <exception cref="ScarException">Another server has the directory.</exception>
    public TaskStore(string directory, TimeProvider clock)
    {
        (this.directory, this.clock) = (directory, clock);
        Directory.CreateDirectory(directory);
        held = Hold(directory);
        tasks.AddRange(Directory.EnumerateDirectories(directory, Prefix + "*").Select(Load).OfType<StoredTask>().OrderBy(task => task.Created));
    }

    /// <summary>Those that have not begun, the oldest first.</summary>
    public IReadOnlyList<StoredTask> Waiting()
    {
        lock (changing)
        {
            return [.. tasks.Where(task => task.Known == TesState.Queued)];
        }
    }

    public StoredTask Add(TesTask task)
    {
        var id = $"{Prefix}{Guid.NewGuid():N}";
        var stored = new StoredTask(id, task, clock.GetUtcNow(), Path.Join(directory, id));
        Directory.CreateDirectory(stored.Directory);
        StoredTask.Write(stored.TaskFile, TesWriter.Write(task, id, TesState.Queued, stored.Created, []));
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

    public void Dispose() => held.Dispose();

    // Null when the server was killed before it had answered with the id: nobody knows of the task.
    private StoredTask? Load(string place)
    {
        if (StoredTask.ReadIfThere(Path.Join(place, StoredTask.TaskFileName)) is not { } document || TesReader.Read(document).Task is not { } task)
        {
            return null;
        }

        var created = DateTimeOffset.Parse((string)document["creation_time"]!, CultureInfo.InvariantCulture);
        var stored = new StoredTask(Path.GetFileName(place), task, created, place);
        stored.TakeUp(clock.GetUtcNow());
        return stored;
    }

    private static FileStream Hold(string directory)
    {
        try
        {
            return new(Path.Join(directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new ScarException($"another 'scarnet tes serve' keeps its tasks in '{directory}'", "'--data DIR' gives this one a directory of its own");
        }
    }
}
