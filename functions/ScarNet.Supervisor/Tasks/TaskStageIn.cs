using ScarNet.Core.Jobs;
using ScarNet.Core.Tasks;

namespace ScarNet.Supervisor.Tasks;

/// <summary>Brings a task's inputs to where its containers will look for them.</summary>
internal sealed class TaskStageIn(TaskFiles files, TaskStorage storage, Log log)
{
    private const int AtOnce = 8;

    /// <exception cref="RunFailure">One of them cannot be had.</exception>
    public async Task Run(TesTask task, CancellationToken cancellation)
    {
        files.Make();
        foreach (var directory in task.Volumes.Concat(task.Inputs.Where(input => input.Type == TesFileType.Directory).Select(input => input.Path)))
        {
            files.MakeDirectory(directory);
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(task.Inputs.Select((input, i) => (input, i)), options, async (entry, token) =>
        {
            try
            {
                await Bring(entry.input, token);
            }
            catch (RunFailure e)
            {
                throw new RunFailure(e.ExitCode, $"inputs[{entry.i}]: {e.Message}", e);
            }
        });

        // The containers' user reads, and perhaps changes, its inputs; a directory's links lead nowhere before the first executor runs.
        foreach (var output in task.Outputs)
        {
            files.MakeDirectory(output.HasWildcards ? PathPattern.FixedDirectory(output.Path)
                : output.Type == TesFileType.Directory ? output.Path
                : ContainerPath.Parent(output.Path));
        }

        foreach (var path in task.Executors.SelectMany(e => (string?[])[e.Stdin, e.Stdout, e.Stderr]).OfType<string>())
        {
            files.MakeDirectory(ContainerPath.Parent(path));
        }
    }

    private async Task Bring(TesInput input, CancellationToken cancellation)
    {
        if (input.Content is { } content)
        {
            files.MakeDirectory(ContainerPath.Parent(input.Path));
            await File.WriteAllTextAsync(files.Here(input.Path), content, cancellation);
            files.Open(input.Path, program: true); // it is often a script that the command names
            return;
        }

        var url = TesUrl.Parse(input.Url!)!;
        if (input.Type == TesFileType.File)
        {
            await Bring(
                input.Path, input.Url!, (file, token) => storage.TryMove(input.Url!, file) ? Task.CompletedTask : storage.Fetch(url, file, token), cancellation);
            return;
        }

        var entries = await storage.List(url, cancellation);
        log.Info("directory listed", ("url", input.Url), ("files", entries.Count));
        foreach (var (path, fetch) in entries)
        {
            var target = ContainerPath.Normalize($"{input.Path}/{path}") is { } normal && normal != input.Path
                ? normal
                : throw new RunFailure(ExitCodes.DownloadFailed, $"'{path}' of '{input.Url}' cannot be the name of a file");
            await Bring(target, $"{input.Url!.TrimEnd('/')}/{path}", fetch, cancellation);
        }
    }

    private async Task Bring(string path, string url, Func<string, CancellationToken, Task> fetch, CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            files.MakeDirectory(ContainerPath.Parent(path));
            File.Delete(files.Here(path)); // the place of a single file is an empty file
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFailure(ExitCodes.DownloadFailed, $"'{path}' cannot be made: another input is, or has, a file of that name", e);
        }

        await fetch(files.Here(path), cancellation);
        files.Open(path, program: false);
        log.Info(
            "input fetched", ("url", TaskStorage.Shown(url)), ("path", path), ("bytes", new FileInfo(files.Here(path)).Length), ("seconds", TimeProvider.System.GetElapsedTime(started)));
    }

}
