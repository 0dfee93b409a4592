using Amazon.S3;
using ScarNet.Containers;
using ScarNet.Core;
using ScarNet.Core.Jobs;
using ScarNet.Core.Tasks;
using ScarNet.Supervisor.Containers;
using ScarNet.Supervisor.Storage;

namespace ScarNet.Supervisor.Tasks;

/// <summary><c>supervisor task</c>: carries out one GA4GH task, with no server.</summary>
/// <param name="workspaces">Where.</param>
/// <param name="s3">The storage of s3:// addresses.</param>
/// <param name="surroundings">The environment.</param>
/// <param name="log">The supervisor's words.</param>
internal sealed class TaskEntry(Workspaces workspaces, Lazy<IAmazonS3> s3, Surroundings surroundings, Log log)
{
    /// <summary>The task file or the command line is wrong.</summary>
    public const int Wrong = 2;

    /// <returns>The exit code.</returns>
    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken stop, CancellationToken ended)
    {
        using var docker = Docker.FromEnvironment();
        await RemoveAbandoned(docker, ended);
        using var scope = workspaces.Open();
        TaskArguments read;
        TesTask task;
        TaskStorage storage;
        try
        {
            read = TaskArguments.Read(arguments);
            storage = new(s3, mayUseFiles: !read.NoFiles);
            task = await new TaskSource(storage, scope.Place.Root).Read(read, ended);
        }
        catch (ScarException e)
        {
            await Console.Error.WriteLineAsync($"scarnet: error: {e.Message}{(e.Hint is null ? "" : $"\nscarnet: hint: {e.Hint}")}");
            return Wrong;
        }

        using (storage)
        {
            return await Run(read, task, docker, storage, scope.Place.Root, stop, ended);
        }
    }

    private async Task<int> Run(
        TaskArguments read, TesTask task, Docker docker, TaskStorage storage, string workspace, CancellationToken stop, CancellationToken ended)
    {
        var ours = log.With("task", read.Id);
        ours.Info("task starts", ("name", task.Name), ("executors", task.Executors.Count));
        var remote = read.Log is null ? null : TesUrl.Parse(read.Log) as TesUrl.S3;
        var file = remote is null ? read.Log : Path.Join(workspace, "log.json");
        var report = new TaskReport(task, read.Id, read.Created ?? TimeProvider.System.GetUtcNow(), file);
        await using var output = Console.OpenStandardOutput();
        await using var error = Console.OpenStandardError();
        var own = await OwnContainer.IfAny(docker, surroundings, ended);
        var settings = new TaskSettings(workspace, read.ReadOnlyRoot, output, error) { Machine = own?.Paths };
        var exitCode = await new TaskRun(docker, storage, report, settings, ours).Run(task, stop, ended);
        ours.Info(
            "task ended", ("state", TesStates.Name(report.State)), ("exitCode", exitCode), ("outputs", report.Log.Outputs.Count),
            ("seconds", report.Log.End - report.Log.Start));
        foreach (var line in report.Log.SystemLogs)
        {
            ours.Info("system log", ("line", line));
        }

        if (remote is not null)
        {
            await storage.Send(new("log", file!, new FileInfo(file!).Length), remote, read.Id, ended);
        }

        return exitCode;
    }

    // A supervisor that was killed could not remove its container.
    private async Task RemoveAbandoned(Docker docker, CancellationToken cancellation)
    {
        foreach (var workspace in workspaces.RemoveAbandoned())
        {
            try
            {
                await docker.RemoveLeftovers(ExecutorRun.WorkspaceLabel, workspace, cancellation);
            }
            catch (Exception e) when (e is ContainerException or HttpRequestException)
            {
                log.Warn("containers of a dead supervisor could not be removed", ("workspace", workspace), ("error", e.Message));
            }
        }
    }
}
