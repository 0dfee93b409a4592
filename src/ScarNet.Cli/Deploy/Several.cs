namespace ScarNet.Cli.Deploy;

/// <summary>The same work for many things, but not for all of them at once: services answer only so many calls a second.</summary>
internal static class Several
{
    /// <summary>Functions that are looked at together, some calls each. Lambda's API takes 15 calls a second, most others more.</summary>
    public const int AtOnce = 8;

    /// <returns>The results, in the order of the things.</returns>
    public static async Task<TResult[]> Select<T, TResult>(IEnumerable<T> things, Func<T, Task<TResult>> work)
    {
        using var slots = new SemaphoreSlim(AtOnce);
        return await Task.WhenAll(things.Select(async thing =>
        {
            await slots.WaitAsync();
            try
            {
                return await work(thing);
            }
            finally
            {
                slots.Release();
            }
        }));
    }
}
