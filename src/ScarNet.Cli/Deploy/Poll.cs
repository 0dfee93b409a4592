using ScarNet.Core;

namespace ScarNet.Cli.Deploy;

/// <summary>Waits for what a service does in its own time.</summary>
internal static class Poll
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Looks until it is done, ever less often.</summary>
    /// <param name="look">One look.</param>
    /// <param name="done">Whether what was seen is the end; throws when it never will be.</param>
    /// <param name="longest">Longest time to wait.</param>
    /// <param name="what">What is waited for, for the message.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="longestPause">Between two looks. Default: two seconds.</param>
    public static async Task<T> Until<T>(
        Func<CancellationToken, Task<T>> look, Func<T, bool> done, TimeSpan longest, string what, CancellationToken cancellation, TimeSpan? longestPause = null)
    {
        var end = TimeProvider.System.GetUtcNow() + longest;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(longest); // a connection on which nothing comes any more does not hold the wait up
        for (var pause = FirstPause; ; pause = Longer(pause, longestPause ?? LongestPause))
        {
            T seen;
            try
            {
                seen = await look(deadline.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested && deadline.IsCancellationRequested)
            {
                throw NotDone();
            }

            if (done(seen))
            {
                return seen;
            }

            if (TimeProvider.System.GetUtcNow() + pause > end)
            {
                throw NotDone();
            }

            await Task.Delay(pause, cancellation);
        }

        ScarException NotDone() => new($"{what}: not done after {longest.TotalSeconds:0} s", "look at it in the console, then run the command again");
    }

    /// <summary>
    /// Does it again while it fails in a way that passes, for at most the time given. A call that is still at work then is not broken off, as it may
    /// be carried out all the same: the client's own timeout ends one that says nothing any more.
    /// </summary>
    public static async Task<T> Again<T>(
        Func<CancellationToken, Task<T>> work, Func<Exception, bool> passes, TimeSpan longest, CancellationToken cancellation)
    {
        var end = TimeProvider.System.GetUtcNow() + longest;
        for (var pause = FirstPause * 10; ; pause = Longer(pause, LongestPause))
        {
            try
            {
                return await work(cancellation);
            }
            catch (Exception e) when (passes(e) && TimeProvider.System.GetUtcNow() + pause < end)
            {
                await Task.Delay(pause, cancellation);
            }
        }
    }

    /// <summary>The pause after a pause.</summary>
    internal static TimeSpan Longer(TimeSpan pause, TimeSpan longest) => pause * 1.6 < longest ? pause * 1.6 : longest;
}
