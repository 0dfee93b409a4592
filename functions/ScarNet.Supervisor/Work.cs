using ScarNet.Core.Events;

namespace ScarNet.Supervisor;

/// <summary>One invocation to carry through.</summary>
internal sealed record Work
{
    /// <summary>Empty until the object's version is known, which is part of it.</summary>
    public string InvocationId { get; init; } = "";

    /// <summary>Who does it, in the claim: the Lambda request or the Batch job.</summary>
    public required string Owner { get; init; }

    /// <summary>The request that started it, for the script and the output's path: the same in a Batch job as in Lambda.</summary>
    public required string RequestId { get; init; }

    /// <summary>Null for other data.</summary>
    public ObjectEvent? Source { get; init; }

    /// <summary>The event as the script sees it; null when it is not known.</summary>
    public string? Raw { get; init; }

    /// <summary>Values given for the function's parameters; its defaults stand for the others.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>When the Lambda or the job is killed; null when it is not.</summary>
    public DateTimeOffset? End { get; init; }

    public string? TraceId { get; init; }

    public string? ArrayIndex { get; init; }
}
