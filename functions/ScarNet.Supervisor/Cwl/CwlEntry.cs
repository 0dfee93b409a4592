using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.S3;
using ScarNet.Core;
using ScarNet.Core.Jobs;
using ScarNet.Core.Tasks;
using ScarNet.Supervisor.Posix;
using ScarNet.Supervisor.Tasks;

namespace ScarNet.Supervisor.Cwl;

/// <summary><c>supervisor cwl TOOL PARAMETERS</c>: brings the parameter file's inputs here, runs the tool, brings its outputs away.</summary>
internal sealed class CwlEntry(Workspaces workspaces, Lazy<IAmazonS3> s3, Log log)
{
    private const string Usage = "supervisor cwl TOOL PARAMETERS";

    /// <returns>The exit code: cwltool's own, or one of <see cref="ExitCodes"/>.</returns>
    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken stop, CancellationToken ended)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, ended);
        using var scope = workspaces.Open();
        using var storage = new TaskStorage(s3, mayUseFiles: true);
        try
        {
            var (tool, parameters) = arguments is [var first, var second] ? (first, second) : throw new ScarException("a tool and its parameters are needed", Usage);
            return await Run(tool, parameters, scope.Place.Root, storage, either.Token);
        }
        catch (ScarException e)
        {
            await Console.Error.WriteLineAsync($"scarnet: error: {e.Message}{(e.Hint is null ? "" : $"\nscarnet: hint: {e.Hint}")}");
            return TaskEntry.Wrong;
        }
        catch (OperationCanceledException) when (!ended.IsCancellationRequested)
        {
            return ExitCodes.Terminated;
        }
    }

    private async Task<int> Run(string tool, string parameters, string workspace, TaskStorage storage, CancellationToken stop)
    {
        var toolFile = await Here(tool, Path.Join(workspace, "tool.cwl"), storage, stop);
        var parameterFile = await Here(parameters, Path.Join(workspace, "parameters.json"), storage, stop);
        var job = Read(parameterFile, parameters);
        var cwltool = new CwlTool(workspace);
        var names = CwlDocument.Outputs(await cwltool.Pack(toolFile, stop));
        var targets = names.Where(job.ContainsKey).ToDictionary(name => name, name => job[name]!.DeepClone(), StringComparer.Ordinal);
        foreach (var name in targets.Keys)
        {
            job.Remove(name);
        }

        await StageIn(job, Path.GetDirectoryName(parameterFile)!, Path.Join(workspace, "in"), storage, stop);
        var jobFile = Path.Join(workspace, "job.json");
        await File.WriteAllTextAsync(jobFile, job.ToJsonString(), stop);
        var results = Path.Join(workspace, "results");
        var (exitCode, outputs) = await cwltool.Execute(toolFile, jobFile, results, stop);
        if (exitCode != 0 || outputs is null)
        {
            log.Error("cwltool failed", ("exitCode", exitCode));
            return exitCode == 0 ? ExitCodes.OutputMissing : exitCode;
        }

        foreach (var name in names)
        {
            await StageOut(name, outputs[name], targets.GetValueOrDefault(name), results, storage, stop);
        }

        await Console.Out.WriteLineAsync(outputs.ToJsonString());
        return 0;
    }

    private static async Task<string> Here(string source, string file, TaskStorage storage, CancellationToken cancellation)
    {
        if (TesUrl.Parse(source) is not (TesUrl.S3 or TesUrl.Web))
        {
            var path = Path.GetFullPath(source);
            return File.Exists(path) ? path : throw new ScarException($"there is no file '{source}'");
        }

        await storage.Fetch(TesUrl.Parse(source)!, file, cancellation);
        return file;
    }

    private static JsonObject Read(string file, string shown)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file)) as JsonObject ?? throw new ScarException($"'{shown}' is no parameter file: that is a JSON object");
        }
        catch (JsonException e)
        {
            throw new ScarException($"'{shown}' is no parameter file: {e.Message}", e);
        }
    }

    // A file keeps its name, which tools look at, in a directory of its own that it shares with its secondary files.
    private async Task StageIn(JsonObject job, string besides, string directory, TaskStorage storage, CancellationToken cancellation)
    {
        var n = 0;
        foreach (var file in job.SelectMany(parameter => CwlDocument.Files(parameter.Value)).ToList())
        {
            n += file.Parent is JsonArray { Parent: JsonObject primary } && primary["secondaryFiles"] == file.Parent ? 0 : 1;
            if (CwlDocument.Place(file) is not { } place)
            {
                continue;
            }

            var url = TesUrl.Parse(place) ?? new TesUrl.Local(Path.GetFullPath(place, besides));
            file.Remove("location");
            file["path"] = url is TesUrl.Local { Path: var path } ? path
                : await Bring(url, place, CwlDocument.IsDirectory(file), Path.Join(directory, $"{n}"), storage, cancellation);
        }
    }

    private async Task<string> Bring(TesUrl url, string place, bool isDirectory, string directory, TaskStorage storage, CancellationToken cancellation)
    {
        var path = url is TesUrl.Web { Address: var address } ? Uri.UnescapeDataString(address.AbsolutePath) : place;
        var name = Path.GetFileName(path.TrimEnd('/'));
        var target = Path.Join(directory, name is "" or "." or ".." ? "input" : name);
        Directory.CreateDirectory(directory);
        if (!isDirectory)
        {
            await storage.Fetch(url, target, cancellation);
            log.Info("input fetched", ("url", place.Split('?')[0]), ("bytes", new FileInfo(target).Length));
            return target;
        }

        if (url is TesUrl.Web)
        {
            throw new ScarException($"'{place}': what a directory holds cannot be asked over http", "use s3://");
        }

        Directory.CreateDirectory(target);
        foreach (var (relative, fetch) in await storage.List(url, cancellation))
        {
            var inner = ContainerPath.Normalize("/" + relative) ?? throw new RunFailure(ExitCodes.DownloadFailed, $"'{relative}' cannot be the name of a file");
            Directory.CreateDirectory(Path.GetDirectoryName(target + inner)!);
            await fetch(target + inner, cancellation);
        }

        return target;
    }

    private async Task StageOut(string name, JsonNode? result, JsonNode? target, string results, TaskStorage storage, CancellationToken cancellation)
    {
        if (target is null)
        {
            if (CwlDocument.Files(result).Any())
            {
                log.Warn("the parameter file names no place for an output: it is not kept", ("output", name));
            }

            return;
        }

        foreach (var (file, url) in CwlDocument.Targets(name, result, target))
        {
            var path = Path.GetFullPath(CwlDocument.Place(file) ?? "/");
            foreach (var one in CwlDocument.IsDirectory(file) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories) : [path])
            {
                var address = one == path ? url : $"{url.TrimEnd('/')}/{Path.GetRelativePath(path, one)}";
                var (kind, size) = FileKinds.Look(one);
                if (!one.StartsWith(results + "/", StringComparison.Ordinal) || new FileInfo(one).LinkTarget is not null || kind != FileKinds.Kind.Regular)
                {
                    throw new RunFailure(ExitCodes.OutputMissing, $"output '{name}': '{one}' is no file that the tool made");
                }

                await storage.Send(new(one, one, size), TesUrl.Parse(address) ?? throw new ScarException($"output '{name}': '{address}' is no address"), "cwl", cancellation);
                log.Info("output sent", ("output", name), ("url", address.Split('?')[0]), ("bytes", size));
            }

            file["location"] = url;
            file.Remove("path");
        }
    }
}
