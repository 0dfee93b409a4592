using System.Text.Json;
using ScarNet.Cli.Logs;

namespace ScarNet.Cli.Output;

/// <summary>Log lines as one JSON object, written as they come: a log may be longer than memory.</summary>
internal static class LogJson
{
    public static async Task Write(TextWriter answers, IAsyncEnumerable<LogLine> lines)
    {
        await answers.WriteAsync("{\"events\":[");
        var separator = "\n";
        await foreach (var line in lines)
        {
            var answer = new LogAnswer(line.Time, line.Group, line.Stream, line.Message);
            await answers.WriteAsync(separator + JsonSerializer.Serialize(answer, AnswerJson.Shapes.LogAnswer).ReplaceLineEndings(""));
            separator = ",\n";
        }

        await answers.WriteLineAsync("\n]}");
    }
}

internal sealed record LogAnswer(DateTimeOffset Time, string Group, string Stream, string Message);
