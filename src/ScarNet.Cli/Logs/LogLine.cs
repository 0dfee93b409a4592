namespace ScarNet.Cli.Logs;

/// <summary>One event of a log stream.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="Group">Log group: Lambda's of the function, or Batch's.</param>
/// <param name="Stream">Log stream.</param>
/// <param name="Message">One line, without its line end.</param>
/// <param name="Id">Unique in its group.</param>
internal sealed record LogLine(DateTimeOffset Time, string Group, string Stream, string Message, string Id);
