namespace ScarNet.Core.Transfers;

/// <summary>Ends a call in which nothing has moved for <see cref="Silence.Longest"/>, however long it takes in all. Thread-safe.</summary>
public sealed class Patience : IDisposable
{
    private readonly CancellationTokenSource silence;
    private readonly CancellationTokenSource either;
    private readonly CancellationToken cancellation;
    private TimeSpan limit = Silence.Longest;

    /// <summary>From the end of what is sent to its answer.</summary>
    public static TimeSpan LongestAnswer { get; } = TimeSpan.FromMinutes(5);

    /// <param name="cancellation">Ends the call too.</param>
    /// <param name="clock">The system's when null.</param>
    public Patience(CancellationToken cancellation, TimeProvider? clock = null)
    {
        this.cancellation = cancellation;
        silence = new(Silence.Longest, clock ?? TimeProvider.System);
        either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellation);
    }

    /// <summary>Something has come or gone: the time begins anew.</summary>
    public void Moved() => Moved(Silence.Longest);

    private void Moved(TimeSpan longest)
    {
        limit = longest;
        try
        {
            silence.CancelAfter(longest);
        }
        catch (ObjectDisposedException)
        {
            // The call has just ended.
        }
    }

    /// <summary>
    /// The stream, each reading of which is a movement: whoever sends it has got rid of what was read before. After its end what is under way has
    /// <see cref="LongestAnswer"/>: the last of it may be long on its way, and looked at before it is answered.
    /// </summary>
    public Stream Watch(Stream content) => new ReadOnlyStream(content, async (buffer, token) =>
    {
        var read = await content.ReadAsync(buffer, token);
        Moved(read > 0 || buffer.IsEmpty ? Silence.Longest : LongestAnswer);
        return read;
    });

    /// <exception cref="TimeoutException">Nothing has moved for too long.</exception>
    public async Task<T> During<T>(Func<CancellationToken, Task<T>> call)
    {
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException e) when (silence.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing moved for {limit.TotalSeconds:0} seconds", e);
        }
    }

    public void Dispose()
    {
        either.Dispose();
        silence.Dispose();
    }
}
