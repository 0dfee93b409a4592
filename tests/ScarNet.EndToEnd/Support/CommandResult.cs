namespace ScarNet.EndToEnd.Support;

/// <summary>How a process ended and what it said.</summary>
public sealed record CommandResult(int ExitCode, string Output, string Error);
