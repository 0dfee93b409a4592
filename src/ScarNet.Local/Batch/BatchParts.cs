using ScarNet.Local.Containers;
using ScarNet.Local.Events;
using ScarNet.Local.Logs;
using ScarNet.Local.Processes;

namespace ScarNet.Local.Batch;

/// <summary>Batch, put together: its calls and its scheduler.</summary>
internal sealed class BatchParts : IDisposable
{
    private const string WorkDirectory = "batch";

    private readonly Scheduler scheduler;
    private readonly string workDirectory;

    /// <param name="context">The engine's.</param>
    /// <param name="processes">Runs jobs that have no image.</param>
    /// <param name="containers">Runs those that have one.</param>
    /// <param name="supervisors">Puts the supervisor where jobs mount it.</param>
    /// <param name="logs">Takes what jobs write.</param>
    /// <param name="bus">Is told of jobs.</param>
    public BatchParts(
        EngineContext context, HostProcesses processes, EngineContainers containers, SupervisorFiles supervisors, LogWriter logs, EventBus bus)
    {
        var settings = context.Settings;
        workDirectory = context.Directory.Under(WorkDirectory);
        var start = new AttemptStart(
            settings.Containers, workDirectory, HostVariables.Read(), new HostDirectory(context.Directory.Under("host")), supervisors, processes,
            containers, logs);
        var runner = new AttemptRunner(start, logs, context, settings.Clock);
        scheduler = new Scheduler(context.Database, runner, settings.BatchVcpus * 1000, settings.Clock);
        var batch = new BatchContext(context.Database, new BatchNames(settings.Region, settings.Account), scheduler, settings.Clock);
        Api = new BatchApi(batch);
        Events = new JobEvents(new JobViews(batch), bus, settings.Clock);
    }

    public JobEvents Events { get; }

    public BatchApi Api { get; }

    /// <summary>The scheduler's loop.</summary>
    public Task Run(CancellationToken stopping) => scheduler.Run(stopping);

    /// <summary>Removes the directories of processes that a dead engine has left. The processes are gone.</summary>
    public void RemoveLeftovers()
    {
        if (Directory.Exists(workDirectory))
        {
            DirectoryRemoval.Try(workDirectory);
        }
    }

    public void Dispose() => scheduler.Dispose();
}
