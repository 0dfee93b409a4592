namespace ScarNet.Supervisor.Lambda;

/// <summary>One call of the function.</summary>
/// <param name="Id">Stays the same when Lambda tries again.</param>
/// <param name="Payload">What it is called with.</param>
/// <param name="Deadline">When Lambda ends the process.</param>
/// <param name="TraceId">To be handed on with every call; null when there is none.</param>
internal sealed record LambdaRequest(string Id, byte[] Payload, DateTimeOffset Deadline, string? TraceId);
