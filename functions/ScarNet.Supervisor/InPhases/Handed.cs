using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.InPhases;

/// <summary>What stage-in hands to stage-out: a run whose script is still to come, or how it ended without one.</summary>
/// <param name="ExitCode">What the job ends with; null when there is a script to run.</param>
/// <param name="Work">The invocation.</param>
/// <param name="Claim">Its claim, as it was written.</param>
/// <param name="ClaimETag">Of that.</param>
/// <param name="Record">The record of the run that has begun.</param>
internal sealed record Handed(int? ExitCode, Work? Work, Claim? Claim, string? ClaimETag, RunRecord? Record);

/// <summary>What stage-in hands to the script's container.</summary>
/// <param name="Workspace">Its root.</param>
/// <param name="Directory">Where the script starts; null is the image's own place.</param>
/// <param name="Arguments">The program and its arguments.</param>
/// <param name="Environment">Over that of the container.</param>
/// <param name="Secrets">Names of variables of the container that are secret; null is none.</param>
/// <param name="Deadline">When it is told to end; null is never.</param>
internal sealed record HandedCall(
    string Workspace,
    string? Directory,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<string>? Secrets,
    DateTimeOffset? Deadline);

/// <summary>What the script's container hands to stage-out.</summary>
/// <param name="Result">How the script ended; null when it could not be started.</param>
/// <param name="ExitCode">Where it could not be started: why.</param>
/// <param name="Problem">The same in words.</param>
internal sealed record HandedEnd(Scripts.ScriptResult? Result, int ExitCode, string? Problem);
