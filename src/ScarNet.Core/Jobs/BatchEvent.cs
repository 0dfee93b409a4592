using ScarNet.Core.Events;

namespace ScarNet.Core.Jobs;

/// <summary>What a Batch job works on.</summary>
/// <param name="Object">The object; null when the function was invoked with other data.</param>
/// <param name="Raw">The event's own JSON for the script's EVENT variable; null when it was left out for its size.</param>
/// <param name="RequestId">The Lambda request that submitted the job: {request_id} is the same in both modes.</param>
public sealed record BatchEvent(ObjectEvent? Object, string? Raw, string RequestId);
