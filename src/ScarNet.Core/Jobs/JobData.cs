using ScarNet.Core.Events;
using ScarNet.Core.Functions;

namespace ScarNet.Core.Jobs;

/// <summary>The file behind SCARNET_JOB_DATA_FILE: the event and the function, without the script and the environment's values.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="InvocationId">The invocation's id.</param>
/// <param name="RequestId">The request's id.</param>
/// <param name="Source">The object; null for other data.</param>
/// <param name="Event">The event's JSON text; null when it is not known.</param>
/// <param name="Outputs">The function's output rules.</param>
public sealed record JobData(
    string Function,
    string Pipeline,
    string InvocationId,
    string RequestId,
    ObjectEvent? Source,
    string? Event,
    IReadOnlyList<OutputRule> Outputs)
{
    /// <summary>Absolute paths of the further inputs that have a name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Inputs { get; init; }

    /// <summary>The same of references.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? References { get; init; }
}
