using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Storage;

namespace ScarNet.Supervisor.Stages;

/// <summary>What a run works on, in its workspace.</summary>
/// <param name="File">The object or the data that started it; null when neither did.</param>
/// <param name="Head">What the object says of itself; null without one.</param>
internal sealed record Staged(string? File, SourceHead? Head) : IDisposable
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> None = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Absolute paths of the further inputs that have a name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Inputs { get; init; } = None;

    /// <summary>The same of references.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> References { get; init; } = None;

    /// <summary>What was read besides the object.</summary>
    public IReadOnlyList<RunInput> Read { get; init; } = [];

    /// <summary>What keeps references in the machine's cache as long as the run lasts.</summary>
    public IReadOnlyList<IDisposable> Held { get; init; } = [];

    public void Dispose()
    {
        foreach (var held in Held)
        {
            held.Dispose();
        }
    }
}
