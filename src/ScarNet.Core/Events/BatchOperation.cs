namespace ScarNet.Core.Events;

/// <summary>The frame of a call by S3 Batch Operations, which the answer repeats.</summary>
/// <param name="SchemaVersion">1.0 or 2.0.</param>
/// <param name="InvocationId">S3's own id of the call.</param>
public sealed record BatchOperation(string SchemaVersion, string InvocationId);
