using ScarNet.Core.Events;
using ScarNet.Core.Functions;

namespace ScarNet.Supervisor.Stages;

/// <summary>What an input rule means in one run.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Items">What there is to fetch.</param>
internal sealed record ResolvedInput(InputRule Rule, IReadOnlyList<ResolvedInput.Item> Items)
{
    /// <summary>Directory of everything below a prefix, relative to the workspace; null for single files.</summary>
    public string? Directory { get; init; }

    /// <summary>What a file of the workspace is called; null for what is fetched.</summary>
    public Glob? Pattern { get; init; }

    /// <summary>One file to fetch.</summary>
    /// <param name="Path">Where it goes, relative to the workspace.</param>
    /// <param name="Shown">What to call it in messages and records.</param>
    /// <param name="Object">Bucket and key, with size and version where a listing told them; null for a web address.</param>
    /// <param name="Address">Null for an object.</param>
    internal sealed record Item(string Path, string Shown, ObjectEvent? Object, Uri? Address);
}
