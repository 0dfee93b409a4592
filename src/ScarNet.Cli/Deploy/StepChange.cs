namespace ScarNet.Cli.Deploy;

/// <summary>One field that a step changes. Values are for reading: long ones are shortened, secrets never in them.</summary>
/// <param name="Field">The field as the service calls it.</param>
/// <param name="Old">Null when it was not set.</param>
/// <param name="New">Null when it will not be set.</param>
public sealed record StepChange(string Field, string? Old, string? New);
