using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Tasks;

/// <summary>One of the two streams that an executor writes: into its file, on to the supervisor's own, and its end into the log.</summary>
internal sealed class ExecutorStream : IAsyncDisposable
{
    private readonly FileStream? file;
    private readonly bool ownsFile;
#pragma warning disable CA2213 // the supervisor's own: it is lent
    private readonly Stream onward;
#pragma warning restore CA2213

    /// <param name="path">A file of this machine that is made anew; null is none.</param>
    /// <param name="onward">Where every byte goes at once.</param>
    public ExecutorStream(string? path, Stream onward)
    {
        this.onward = onward;
        ownsFile = true;
        try
        {
            file = path is null ? null : new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (IOException e)
        {
            throw Disks.Failure("the executor's output cannot be written", path!, e);
        }
    }

    /// <summary>A stream that shares the other's file.</summary>
    public ExecutorStream(ExecutorStream other, Stream onward)
    {
        file = other.file;
        this.onward = onward;
    }

    public Tail Tail { get; } = new();

    public async ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        Tail.Add(bytes.Span);
        if (file is not null)
        {
            try
            {
                file.Write(bytes.Span);
            }
            catch (IOException e)
            {
                throw Disks.Failure("the executor's output does not fit on the disk", file.Name, e);
            }
        }

        await onward.WriteAsync(bytes, cancellation);
        await onward.FlushAsync(cancellation);
    }

    public ValueTask DisposeAsync() => ownsFile && file is not null ? file.DisposeAsync() : ValueTask.CompletedTask;
}
