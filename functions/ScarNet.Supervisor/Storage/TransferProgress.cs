using Amazon.Runtime;
using ScarNet.Core.Events;

namespace ScarNet.Supervisor.Storage;

/// <summary>Says how far a transfer is: one line every few seconds, none for a transfer that is small or over before. Safe for concurrent use.</summary>
internal sealed class TransferProgress : IDisposable
{
    /// <summary>Between two lines.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private const long SmallBytes = 1 << 20;

    private readonly Log? log;
    private readonly string message;
    private readonly ObjectPath place;
    private readonly long? total;
    private readonly long started = TimeProvider.System.GetTimestamp();
    private readonly Timer? timer;
    private long bytes;

    /// <param name="log">Takes the lines; null when nobody wants them.</param>
    /// <param name="message">What is going on.</param>
    /// <param name="place">The object.</param>
    /// <param name="total">Its bytes; null when they are not known.</param>
    public TransferProgress(Log? log, string message, ObjectPath place, long? total)
    {
        this.log = log;
        this.message = message;
        this.place = place;
        this.total = total;
        timer = log is not null && total is not <= SmallBytes ? new Timer(_ => Tell(), null, Interval, Interval) : null;
    }

    public void Add(long more) => Interlocked.Add(ref bytes, more);

    /// <summary>For the SDK, which counts what it has sent.</summary>
    public void Sent(object? sender, StreamTransferProgressArgs sent) => Add(sent.IncrementTransferred);

    public void Dispose() => timer?.Dispose();

    // What is sent again after a broken connection counts twice: never more than all of it.
    private void Tell()
    {
        var soFar = Math.Min(Interlocked.Read(ref bytes), total ?? long.MaxValue);
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        log?.Info(message, ("object", place), ("bytes", soFar), ("of", total), ("bytesPerSecond", (long)(soFar / seconds)));
    }
}
