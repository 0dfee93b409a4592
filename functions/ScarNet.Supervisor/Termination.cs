using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Scripts;

namespace ScarNet.Supervisor;

/// <summary>
/// The wish that a run ends: by SIGTERM, after which Batch, ECS and Lambda kill in 30 seconds at the latest, or by a notice that the
/// machine is taken back. The script is told at once; uploads and the run record have to be through before the kill. Thread-safe.
/// </summary>
internal sealed class Termination(Log log) : IDisposable
{
    /// <summary>From SIGTERM to the end of all uploads: the record and the claim still have to be written, within 25 seconds in all.</summary>
    private static readonly TimeSpan ForUploads = TimeSpan.FromSeconds(20);

    /// <summary>From the end of the script to the end of a machine that is taken back.</summary>
    private static readonly TimeSpan ForTheRest = TimeSpan.FromSeconds(40);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource asked = new();
    private readonly CancellationTokenSource signalled = new();
    private readonly EarliestEnd uploads = new(TimeProvider.System);
    private string? noticeFile;

    /// <summary>The script is to end.</summary>
    public CancellationToken Asked => asked.Token;

    /// <summary>What is not uploaded by now never will be.</summary>
    public CancellationToken UploadsOver => uploads.Over;

    /// <summary>Why, when the machine is taken back; null otherwise.</summary>
    public SpotNotice? Notice { get; private set; }

    /// <summary>SIGTERM.</summary>
    public void Ask()
    {
        uploads.At(TimeProvider.System.GetUtcNow() + ForUploads);
        signalled.Cancel();
        asked.Cancel();
    }

    /// <summary>The machine is taken back.</summary>
    public void Ask(SpotNotice notice)
    {
        lock (gate)
        {
            Notice = notice;
            Tell();
        }

        uploads.At(notice.Time - (ForTheRest - ForUploads) / 2);
        asked.Cancel();
    }

    /// <summary>Where a notice is put for the script to read, before the script is told to end.</summary>
    public void TellIn(string file)
    {
        lock (gate)
        {
            noticeFile = file;
            Tell();
        }
    }

    /// <summary>Ends when a script that was told to end has had its time.</summary>
    /// <param name="usual">How long it gets; when the machine is taken back it gets most of the time that is left.</param>
    public async Task GraceOver(TimeSpan usual)
    {
        if (Notice is { } notice)
        {
            var left = notice.Time - ForTheRest - TimeProvider.System.GetUtcNow();
            await ScriptRunner.Deadline(left, signalled.Token).ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        await Task.Delay(usual, CancellationToken.None);
    }

    public void Dispose()
    {
        asked.Dispose();
        signalled.Dispose();
        uploads.Dispose();
    }

    // The file is a courtesy: the run ends in time also where the disk is full, or the script has put something else there.
    private void Tell()
    {
        if (noticeFile is null || Notice is null)
        {
            return;
        }

        try
        {
            File.WriteAllText(noticeFile, Notice.Json);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.Warn("the notice could not be put where the script looks for it", ("file", noticeFile), ("reason", e.Message));
        }
    }
}
