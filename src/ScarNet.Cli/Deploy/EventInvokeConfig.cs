namespace ScarNet.Cli.Deploy;

/// <summary>What Lambda does with an event whose function failed.</summary>
/// <param name="Retries">How often it is tried again: 0–2.</param>
/// <param name="Destination">ARN of what gets its record then; null is nothing.</param>
internal sealed record EventInvokeConfig(int Retries, string? Destination);
