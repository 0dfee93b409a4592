namespace ScarNet.Core.Jobs;

/// <summary>A piece of work that was done: the object behind <see cref="ArtifactKeys.Result"/>.</summary>
/// <param name="InvocationId">Who did it.</param>
/// <param name="Ended">When.</param>
/// <param name="Outputs">What came of it.</param>
public sealed record KnownResult(string InvocationId, DateTimeOffset Ended, IReadOnlyList<RunOutput> Outputs);
