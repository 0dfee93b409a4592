namespace ScarNet.Cli.Deploy;

/// <summary>How far a step is.</summary>
/// <param name="Step">The step.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Message">What went wrong, when it failed; what it waits for.</param>
public sealed record StepProgress(Step Step, StepState State, string? Message = null);
