using ScarNet.Core.Events;
using ScarNet.Core.Functions;

namespace ScarNet.Core.Jobs;

/// <summary>What one run of a script is about: all that its environment tells it.</summary>
public sealed record ScriptRun
{
    public required string Function { get; init; }

    public required string Pipeline { get; init; }

    public required string InvocationId { get; init; }

    public required string RequestId { get; init; }

    public required Workspace Workspace { get; init; }

    /// <summary>Absolute path of the downloaded object, or of the event when that is data; null when there is neither.</summary>
    public string? InputFile { get; init; }

    /// <summary>Paths of the further inputs that have a name; several for what matched several, none for one that was not there.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Inputs { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The same of references.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> References { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The value of each parameter.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    public Compatibility Compatibility { get; init; }

    /// <summary>Null for other data.</summary>
    public ObjectEvent? Source { get; init; }

    /// <summary>The event's JSON; null when it is not known or no text.</summary>
    public string? Raw { get; init; }

    /// <summary>Index of an array job's child; null otherwise.</summary>
    public string? ArrayIndex { get; init; }

    public required string Account { get; init; }

    public required string Region { get; init; }

    /// <summary>X-Ray header of the request, with the lineage that AWS's loop detection reads; null outside Lambda.</summary>
    public string? TraceId { get; init; }
}
