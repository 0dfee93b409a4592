namespace ScarNet.Cli.Deploy;

/// <summary>A job queue as it should be.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Function">The function it is for; null when it is shared.</param>
/// <param name="State">ENABLED or DISABLED.</param>
/// <param name="Environments">Names of its compute environments; jobs go to the first that has room.</param>
internal sealed record QueuePlan(string Name, string? Function, string State, IReadOnlyList<string> Environments);
