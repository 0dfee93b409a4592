using ScarNet.Core.Jobs;
using ScarNet.Core.Tasks;
using ScarNet.Supervisor.Posix;

namespace ScarNet.Supervisor.Tasks;

/// <summary>Brings a task's outputs away, whatever became of its executors.</summary>
internal sealed class TaskStageOut(TaskFiles files, TaskStorage storage, TaskReport report, Log log)
{
    private const int AtOnce = 4;
    private const int MostNames = 10;

    private readonly List<RunFailure> failures = [];

    /// <summary>
    /// Sends all that is there, even when something else is missing or refused.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="complete">Whether the executors did their work: otherwise what is missing is no surprise.</param>
    /// <param name="cancellation">Ends the transfer.</param>
    /// <returns>The first thing that went wrong; null when nothing did.</returns>
    public async Task<RunFailure?> Run(TesTask task, bool complete, CancellationToken cancellation)
    {
        var planned = task.Outputs.SelectMany((output, i) => Find(output, $"outputs[{i}]", complete)).ToList();
        foreach (var twice in planned.GroupBy(item => item.Url, StringComparer.Ordinal).Where(group => group.DistinctBy(item => item.File.Here).Count() > 1))
        {
            failures.Add(new(ExitCodes.OutputMissing, $"'{twice.First().File.Path}' and '{twice.Last().File.Path}' would both become '{twice.Key}'"));
            planned.RemoveAll(item => item.Url == twice.Key);
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(planned.DistinctBy(item => item.Url).OrderBy(item => item.File.Size), options, async (item, token) =>
        {
            try
            {
                var started = TimeProvider.System.GetTimestamp();
                await storage.Send(item.File, TesUrl.Parse(item.Url)!, report.Id, token);
                log.Info(
                    "output sent", ("url", TaskStorage.Shown(item.Url)), ("path", item.File.Path), ("bytes", item.File.Size), ("seconds", TimeProvider.System.GetElapsedTime(started)));
                report.Update(now => now with { Outputs = [.. now.Outputs, new(item.Url, item.File.Path, item.File.Size)] });
            }
            catch (RunFailure e)
            {
                lock (failures)
                {
                    failures.Add(e);
                }
            }
        });

        TellUnmatched(task, [.. planned.Select(item => item.File.Here)]);
        foreach (var failure in failures)
        {
            report.Tell(failure.Message);
        }

        return failures.FirstOrDefault();
    }

    private IEnumerable<(FoundFile File, string Url)> Find(TesOutput output, string place, bool complete)
    {
        var search = new TaskSearch(files, report.Tell);
        if (!output.HasWildcards)
        {
            return output.Type == TesFileType.Directory
                ? Tree(search, output.Path, output.Url, place, complete)
                : One(output.Path, output.Url, place, complete) is { } file ? [file] : [];
        }

        var matches = search.Matches(output.Path);
        if (matches.Count == 0)
        {
            report.Tell($"{place}: nothing matches '{output.Path}'");
        }

        return matches.SelectMany(path =>
        {
            var url = Join(output.Url, path[Math.Min(path.Length, output.PathPrefix!.Length)..]);
            var kind = files.Look(path);
            return output.Type == TesFileType.Directory
                ? kind.Kind == FileKinds.Kind.Other ? Tree(search, path, url, place, complete) : []
                : kind.Kind == FileKinds.Kind.Regular ? [(new FoundFile(path, kind.Here, kind.Size), url)] : [];
        });
    }

    private (FoundFile File, string Url)? One(string path, string url, string place, bool complete)
    {
        var (kind, here, size) = files.Look(path);
        if (kind == FileKinds.Kind.Regular && !files.IsUntouched(path))
        {
            return (new(path, here, size), url);
        }

        Missing(place, kind == FileKinds.Kind.Other ? $"'{path}' is a directory or device: 'type' DIRECTORY takes a directory"
            : files.Follow(path) is null ? $"'{path}' is a link that leads out of what the task shares"
            : $"there is no file '{path}'", complete);
        return null;
    }

    private IEnumerable<(FoundFile File, string Url)> Tree(TaskSearch search, string path, string url, string place, bool complete)
    {
        if (files.Look(path) is { Kind: FileKinds.Kind.Other, Here: var here } && Directory.Exists(here))
        {
            return search.Below(path).Select(file => (file, Join(url, file.Path[path.Length..])));
        }

        Missing(place, $"there is no directory '{path}'", complete);
        return [];
    }

    private void Missing(string place, string what, bool complete)
    {
        if (complete)
        {
            failures.Add(new(ExitCodes.OutputMissing, $"{place}: {what}"));
        }
        else
        {
            report.Tell($"{place}: {what}");
        }
    }

    // Whoever forgot to name an output finds here what it is called.
    private void TellUnmatched(TesTask task, HashSet<string> sent)
    {
        var known = task.Inputs.Select(input => input.Path)
            .Concat(task.Executors.SelectMany(e => (string?[])[e.Stdin, e.Stdout, e.Stderr]).OfType<string>())
            .Concat(files.Places.Where(place => place.IsFile).Select(place => place.Path))
            .ToList();
        var search = new TaskSearch(files, _ => { });
        var left = files.Places.Where(place => !place.IsFile)
            .SelectMany(place => search.Below(place.Path))
            .Where(file => !sent.Contains(file.Here) && !known.Exists(path => ContainerPath.IsIn(file.Path, path)))
            .Select(file => file.Path)
            .ToList();
        if (left.Count > 0)
        {
            report.Tell(
                $"{left.Count} file{(left.Count == 1 ? "" : "s")} that no output names {(left.Count == 1 ? "is" : "are")} not kept: "
                + string.Join(", ", left.Take(MostNames).Select(path => $"'{path}'")) + (left.Count > MostNames ? ", …" : ""));
        }
    }

    private static string Join(string url, string path) => $"{url.TrimEnd('/')}/{path.TrimStart('/')}";
}
