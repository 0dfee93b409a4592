using System.Diagnostics;

namespace ScarNet.Benchmarks.Clients;

/// <summary>Many small requests at once.</summary>
internal static class Load
{
    public const int AtOnce = 16;

    /// <summary>Puts objects named <c>prefix + number</c>.</summary>
    /// <returns>How long all of them took.</returns>
    public static Task<TimeSpan> Put(S3Endpoint s3, string prefix, int count, byte[] body, CancellationToken cancellation)
    {
        var hash = S3Endpoint.Hash(body);
        return Run(s3, count, (connection, i) => connection.Send("PUT", prefix + i, body, hash, cancellation), cancellation);
    }

    /// <inheritdoc cref="Put"/>
    public static Task<TimeSpan> Get(S3Endpoint s3, string prefix, int count, int size, CancellationToken cancellation) => Run(
        s3,
        count,
        async (connection, i) =>
        {
            var length = await connection.Send("GET", prefix + i, default, S3Endpoint.EmptyHash, cancellation);
            return length == size ? length : throw new InvalidOperationException($"GET {prefix}{i}: {length} bytes, not {size}");
        },
        cancellation);

    private static async Task<TimeSpan> Run(
        S3Endpoint s3, int count, Func<LeanConnection, int, Task<long>> request, CancellationToken cancellation)
    {
        var next = -1;
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, AtOnce, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (_, _) =>
        {
            using var connection = new LeanConnection(s3);
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                await request(connection, i);
            }
        });
        return watch.Elapsed;
    }
}
