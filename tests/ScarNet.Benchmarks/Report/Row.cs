namespace ScarNet.Benchmarks.Report;

/// <summary>One measurement beside its peer's and its goal, each as text with its unit.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Ours">ScarNet's value.</param>
/// <param name="Peer">The peer's value in the same run; empty where there is none.</param>
/// <param name="Ratio">Ours against the peer's, or one of ours against another; empty where there is none.</param>
/// <param name="Goal">What was promised.</param>
/// <param name="Met">Whether the goal was met in this run.</param>
internal sealed record Row(string What, string Ours, string Peer, string Ratio, string Goal, bool Met);
