using System.Collections.Concurrent;
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
    private readonly HttpFetch web = new();
    private readonly WebUpload uploads = new();
    private readonly ConcurrentDictionary<string, string> here = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<RunOutput> sent = new();

    /// <summary>What objects say of where they came from; null names the task alone.</summary>
    public OutputOrigin? Origin { get; init; }

    /// <summary>Whether objects may be replaced that runs on other objects have made.</summary>
    public bool Overwrite { get; init; } = true;

    /// <summary>The objects that were made.</summary>
    public IReadOnlyList<RunOutput> Sent => [.. sent];

    /// <summary>A file that is on this machine already: it is moved to where its address is first wanted.</summary>
    public void Have(string url, string file) => here[url] = file;

    /// <summary>Moves the file of an address, if it is on this machine already.</summary>
    public bool TryMove(string url, string target)
    {
        if (!here.TryRemove(url, out var file))
        {
            return false;
        }

        File.Move(file, target);
        return true;
    }

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
                _ = await web.Fetch(address, file, _ => { }, cancellation)
                    ?? throw new RunFailure(ExitCodes.InputMissing, $"there is nothing at '{HttpFetch.Shown(address)}'");
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
                var prefix = Listing.DirectoryPrefix(path.Key);
                var objects = new List<ObjectEvent>();
                await foreach (var found in new Listing(s3.Value).Below(path.Bucket, prefix, cancellation))
                {
                    objects.Add(found);
                }

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
                sent.Enqueue(await new Upload(s3.Value).Send(file.Here, path, file.Size, Origin ?? new(taskId, null, 1), Overwrite, cancellation));
                break;
            case TesUrl.Web { Address: var address }:
                await uploads.Send(file.Here, address, cancellation);
                break;
            case TesUrl.Local { Path: var path }:
                Check(path);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                Copy(file.Here, path, ExitCodes.UploadFailed, "cannot be written");
                break;
        }
    }

    /// <summary>An address for the log: what may be a secret in one of the web is left out.</summary>
    public static string Shown(string url) => TesUrl.Parse(url) is TesUrl.Web { Address: var address } ? HttpFetch.Shown(address) : url;

    public void Dispose() => uploads.Dispose();

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
