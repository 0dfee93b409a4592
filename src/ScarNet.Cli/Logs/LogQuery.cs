namespace ScarNet.Cli.Logs;

/// <summary>Part of a log group, over a span of time.</summary>
/// <param name="Group">Name of the group.</param>
/// <param name="StreamPrefix">Only streams whose names begin so; null takes all. Not together with <paramref name="Streams"/>.</param>
/// <param name="Streams">Only these streams; null takes all.</param>
/// <param name="From">First moment; null is the beginning.</param>
/// <param name="To">Last moment; null is now.</param>
internal sealed record LogQuery(
    string Group, string? StreamPrefix, IReadOnlyList<string>? Streams, DateTimeOffset? From, DateTimeOffset? To);
