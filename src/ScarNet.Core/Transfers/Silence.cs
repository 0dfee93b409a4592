namespace ScarNet.Core.Transfers;

/// <summary>Reads from a connection that may have died without a word: silence is what ends a transfer, not its length.</summary>
public static class Silence
{
    /// <summary>As botocore's <c>read_timeout</c>.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(60);

    /// <summary>The stream, each reading of which is one of <see cref="Read"/>.</summary>
    public static Stream Guard(Stream content, TimeProvider? clock = null) =>
        new ReadOnlyStream(content, (buffer, cancellation) => Read(content, buffer, cancellation, clock));

    /// <summary>Reads what comes next.</summary>
    /// <param name="content">The answer's body.</param>
    /// <param name="buffer">Is free again when this returns, however it ends.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="clock">The system's when null.</param>
    /// <returns>Bytes read; 0 at the end.</returns>
    /// <exception cref="TimeoutException">Nothing came for <see cref="Longest"/>.</exception>
    public static async ValueTask<int> Read(Stream content, Memory<byte> buffer, CancellationToken cancellation, TimeProvider? clock = null)
    {
        using var patience = new CancellationTokenSource(Longest, clock ?? TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            return await content.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException e) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing came for {Longest.TotalSeconds:0} seconds", e);
        }
    }
}
