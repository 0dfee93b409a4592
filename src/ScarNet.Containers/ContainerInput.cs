namespace ScarNet.Containers;

/// <summary>
/// A file on its way into a container's standard input. The connection carries nothing else: closing it is what tells the container that
/// the input has ended.
/// </summary>
internal sealed class ContainerInput(string file, Stream connection)
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Sends the whole file. A program that does not read it all, as <c>head</c>, is no error.</summary>
    public async Task Send(CancellationToken cancellation)
    {
        await Task.Yield();
        try
        {
            await using (connection)
            {
                await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
                await content.CopyToAsync(connection, BufferBytes, cancellation);
                await connection.FlushAsync(cancellation);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The container has ended, or closed its standard input.
        }
    }
}
