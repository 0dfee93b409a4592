using Amazon.S3;
using ScarNet.Core.Events;
using ScarNet.Core.Jobs;
using ScarNet.Core.Tasks;
using ScarNet.Supervisor.Storage;

namespace ScarNet.Supervisor.Tasks;

/// <summary>What a task's URLs stand for. Thread-safe.</summary>
/// <param name="s3">Made when the first s3:// address is met.</param>
/// <param name="mayUseFiles">Whether files of this machine may be read and written.</param>
internal sealed class TaskStorage(Lazy<IAmazonS3> s3, bool mayUseFiles) : IDisposable
{
    private readonly WebFiles web = new();

    /// <summary>Fetches one file.</summary>
    /// <param name="url">Where it is.</param>
    /// <param name="file">Where to put it.</param>
    /// <param name="cancellation">Ends the transfer.</param>
    /// <exception cref="RunFailure">It is not there, or cannot be fetched.</exception>
    public async Task Fetch(TesUrl url, string file, CancellationToken cancellation)
    {
        switch (url)
        {
            case TesUrl.S3 { Object: var path }:
                await Fetch(new ObjectEvent { Object = path }, file, cancellation);
                break;
            case TesUrl.Web { Address: var address }:
                await web.Fetch(address, file, cancellation);
                break;
            case TesUrl.Local { Path: var path }:
                Check(path);
                Copy(path, file, ExitCodes.DownloadFailed, "cannot be read");
                break;
        }
    }

    /// <summary>Fetches one object, that version if it says which.</summary>
    public async Task Fetch(ObjectEvent source, string file, CancellationToken cancellation)
    {
        var download = new Download(s3.Value);
        try
        {
            await download.Fetch(await download.Pin(source, cancellation), file, _ => { }, cancellation);
        }
        catch (SupersededException e)
        {
            throw new RunFailure(ExitCodes.InputMissing, $"there is no object '{source.Object}'", e);
        }
    }

    /// <summary>What a directory holds: relative paths, and how to fetch each.</summary>
    public async Task<IReadOnlyList<(string Path, Func<string, CancellationToken, Task> Fetch)>> List(TesUrl url, CancellationToken cancellation)
    {
        switch (url)
        {
            case TesUrl.S3 { Object: var path }:
                var prefix = PrefixListing.DirectoryPrefix(path.Key);
                var objects = await new PrefixListing(s3.Value).Directory(path.Bucket, prefix, cancellation);
                return [.. objects.Select(o => (o.Object.Key[prefix.Length..], Fetcher(o)))];
            case TesUrl.Local { Path: var path }:
                Check(path);
                return Directory.Exists(path)
                    ? [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Select(file => (Path.GetRelativePath(path, file), Copier(file)))]
                    : throw new RunFailure(ExitCodes.InputMissing, $"there is no directory '{path}'");
            default:
                throw new InvalidOperationException($"{url} has been refused before");
        }
    }

    /// <summary>Sends one file.</summary>
    /// <exception cref="RunFailure">It is not taken.</exception>
    public async Task Send(FoundFile file, TesUrl url, string taskId, CancellationToken cancellation)
    {
        switch (url)
        {
            case TesUrl.S3 { Object: var path }:
                await new Upload(s3.Value).Send(file.Here, path, file.Size, new OutputOrigin(taskId, null, 1), overwrite: true, cancellation);
                break;
            case TesUrl.Web { Address: var address }:
                await web.Send(file.Here, address, cancellation);
                break;
            case TesUrl.Local { Path: var path }:
                Check(path);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                Copy(file.Here, path, ExitCodes.UploadFailed, "cannot be written");
                break;
        }
    }

    public void Dispose() => web.Dispose();

    private Func<string, CancellationToken, Task> Fetcher(ObjectEvent source) => (file, cancellation) => Fetch(source, file, cancellation);

    private static Func<string, CancellationToken, Task> Copier(string source) => (file, _) =>
    {
        Copy(source, file, ExitCodes.DownloadFailed, "cannot be read");
        return Task.CompletedTask;
    };

    private void Check(string path)
    {
        if (!mayUseFiles)
        {
            throw new RunFailure(ExitCodes.InputMissing, $"'{path}' is a file of the machine that runs the task, which it may not use");
        }
    }

    private static void Copy(string from, string to, int exitCode, string fails)
    {
        try
        {
            File.Copy(from, to, overwrite: true);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RunFailure(exitCode == ExitCodes.DownloadFailed ? ExitCodes.InputMissing : exitCode, $"there is no file '{from}'", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFailure(exitCode, $"'{from}' {fails}: {e.Message}", e);
        }
    }
}
