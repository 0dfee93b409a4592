using System.Collections.Concurrent;

namespace ScarNet.Local.Lambda;

/// <summary>Bounds how many invocations run at once: over all functions, and for each with reserved concurrency. Thread-safe.</summary>
internal sealed class InvocationSlots(int most) : IDisposable
{
    private readonly SemaphoreSlim free = new(most);
    private readonly ConcurrentDictionary<string, int> running = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    public int Running(string function) => running.GetValueOrDefault(function);

    /// <summary>Whether a function's own bound lets one more in.</summary>
    public bool HasRoom(FunctionRecord function) => function.ReservedConcurrency is not { } reserved || Running(function.Name) < reserved;

    /// <summary>Waits for one of the engine's slots; <see cref="TryEnter"/> or <see cref="GiveBack"/> follows.</summary>
    /// <returns>False when the time was over.</returns>
    public Task<bool> Wait(TimeSpan longest, CancellationToken cancellation) => free.WaitAsync(longest, cancellation);

    /// <summary>Gives a slot back that nothing was run in.</summary>
    public void GiveBack() => free.Release();

    /// <summary>Uses a slot that was waited for.</summary>
    /// <returns>False when the function's own bound is reached; the slot is still the caller's then.</returns>
    public bool TryEnter(FunctionRecord function)
    {
        lock (gate)
        {
            if (!HasRoom(function))
            {
                return false;
            }

            running.AddOrUpdate(function.Name, 1, (_, n) => n + 1);
            return true;
        }
    }

    public void Leave(string function)
    {
        lock (gate)
        {
            if (running.AddOrUpdate(function, 0, (_, n) => n - 1) <= 0)
            {
                running.TryRemove(function, out _);
            }
        }

        free.Release();
    }

    public void Dispose() => free.Dispose();
}
