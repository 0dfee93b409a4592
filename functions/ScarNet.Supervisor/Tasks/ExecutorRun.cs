using ScarNet.Containers;
using ScarNet.Core.Jobs;
using ScarNet.Core.Tasks;
using ScarNet.Supervisor.Containers;
using ScarNet.Supervisor.Posix;

namespace ScarNet.Supervisor.Tasks;

/// <summary>Runs one executor of a task in its container.</summary>
internal sealed class ExecutorRun(Docker docker, TaskFiles files, TaskReport report, TaskSettings settings, Log log)
{
    /// <summary>By which the containers of a supervisor that was killed are found.</summary>
    public const string WorkspaceLabel = "scarnet.workspace";

    private const string TaskLabel = "scarnet.task";
    private const string TagLabel = "scarnet.tag.";
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <param name="task">Whose executor it is.</param>
    /// <param name="index">Which.</param>
    /// <param name="stop">The task shall end: the container is told so, and killed if it does not listen.</param>
    /// <param name="ended">The supervisor's own end.</param>
    /// <returns>How the container ended; its exit code is the log's, too.</returns>
    /// <exception cref="RunFailure">It could not be brought to run.</exception>
    public async Task<ContainerExit> Run(TesTask task, int index, CancellationToken stop, CancellationToken ended)
    {
        var executor = task.Executors[index];
        report.Update(now => now with { Executors = [.. now.Executors, new(TimeProvider.System.GetUtcNow())] });
        await using var output = new ExecutorStream(Target(executor.Stdout, index, "stdout"), settings.Output);
        await using var error = executor.Stderr is not null && executor.Stderr == executor.Stdout
            ? new ExecutorStream(output, settings.Error)
            : new ExecutorStream(Target(executor.Stderr, index, "stderr"), settings.Error);
        var spec = Spec(task, executor, index);
        var canary = index == 0 ? $"{TesMounts.Temporary}/.scarnet-{Guid.NewGuid():N}" : null;
        log.Info("executor starts", ("index", index), ("image", executor.Image), ("command", executor.Command), ("container", spec.Name));
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, ended);
            await using var container = await docker.Start(
                canary is null ? spec : spec with { Proof = Canary.Write(files.Here(canary), canary) },
                (channel, bytes, token) => (channel == ContainerChannel.Error ? error : output).Write(bytes, token),
                either.Token);
            RemoveCanary(canary);
            var exit = await End(container, stop, ended);
            report.UpdateExecutor(now => now with { ExitCode = exit.ExitCode });
            return exit;
        }
        catch (ContainerProofException e)
        {
            throw new RunFailure(
                ExitCodes.ImageProblem,
                $"'{settings.Workspace}' of the supervisor is not '{OnTheMachine(settings.Workspace)}' on Docker's machine: the task's containers would not see their files",
                e);
        }
        catch (ContainerException e)
        {
            throw new RunFailure(ExitCodes.ImageProblem, $"executors[{index}]: {e.Message}", e);
        }
        finally
        {
            RemoveCanary(canary);
            report.UpdateExecutor(now => now with { End = TimeProvider.System.GetUtcNow(), Stdout = $"{output.Tail}", Stderr = $"{error.Tail}" });
        }
    }

    private static async Task<ContainerExit> End(RunningContainer container, CancellationToken stop, CancellationToken ended)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, ended);
        try
        {
            return await container.Exited.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ended.IsCancellationRequested)
        {
            await container.Signal("SIGTERM", ended);
            try
            {
                return await container.Exited.WaitAsync(Grace, ended);
            }
            catch (TimeoutException)
            {
                return new(ExitCodes.Terminated, OutOfMemory: false); // it is killed when it is disposed of
            }
        }
    }

    private ContainerSpec Spec(TesTask task, TesExecutor executor, int index)
    {
        var labels = task.Tags.ToDictionary(tag => TagLabel + tag.Key, tag => tag.Value, StringComparer.Ordinal);
        foreach (var (name, value) in settings.Labels)
        {
            labels[name] = value;
        }

        labels[TaskLabel] = report.Id;
        labels[WorkspaceLabel] = settings.Workspace;
        return new()
        {
            Image = executor.Image,
            Name = $"{report.Id}-{index}",
            Entrypoint = [executor.Command[0]], // argv is the executor's, whatever the image would put before it
            Command = [.. executor.Command.Skip(1)],
            Environment = executor.Env,
            WorkingDirectory = executor.Workdir,
            Mounts = [.. files.Mounts.Select(mount => mount with { Source = OnTheMachine(mount.Source!) })],
            MemoryBytes = task.Resources?.MemoryBytes ?? settings.MemoryBytes,
            Cpus = settings.Cpus,
            CpuLimit = task.Resources?.CpuCores is { } cpus ? Math.Min(cpus, Environment.ProcessorCount) : null,
            ReadOnlyRoot = settings.ReadOnlyRoot,
            Labels = labels,
            InputFile = executor.Stdin is { } input ? Source(input, index) : null,
        };
    }

    // Docker takes the paths of its machine.
    private string OnTheMachine(string path) => settings.Machine is not { } machine ? path : machine.Of(path) ?? throw new RunFailure(
        ExitCodes.ImageProblem,
        $"'{path}' of the supervisor's container is not on the machine, so that no other container can have it: mount a directory of the machine, "
        + "and let TMPDIR be in it");

    private void RemoveCanary(string? path)
    {
        if (path is not null)
        {
            File.Delete(files.Here(path));
        }
    }

    private string Source(string path, int index)
    {
        var (kind, here, _) = files.Look(path);
        return kind == FileKinds.Kind.Regular
            ? here
            : throw new RunFailure(ExitCodes.InputMissing, $"executors[{index}].stdin: there is no file '{path}'");
    }

    // An executor before this one may have left a link of that name: only the containers' own files are written to.
    private string? Target(string? path, int index, string name)
    {
        if (path is null)
        {
            return null;
        }

        var (kind, _, _) = files.Look(path);
        return files.Follow(path) is { } end && kind is FileKinds.Kind.Regular or FileKinds.Kind.None
            ? files.Here(end)
            : throw new RunFailure(ExitCodes.OutputMissing, $"executors[{index}].{name}: '{path}' cannot be written: it is no file of the task");
    }
}
