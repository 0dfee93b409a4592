using ScarNet.Core.Functions;

namespace ScarNet.Tests.Functions;

/// <summary>Pipelines in one line each: <c>split: in/ -> mid/</c>, all in one bucket.</summary>
internal static class PipelineOf
{
    public const string Bucket = "bkt";

    public static Pipeline Lines(params string[] lines) => new("test", [.. lines.Select(Function)]);

    private static FunctionDefinition Function(string line)
    {
        var name = line[..line.IndexOf(':', StringComparison.Ordinal)];
        var sides = line[(name.Length + 1)..].Split("->");
        return new FunctionDefinition
        {
            Name = name,
            Script = ScriptSource.Line("true"),
            Triggers = [.. Words(sides[0]).Select(prefix => new Trigger(Bucket, prefix))],
            Outputs = [.. Words(sides[1]).Select(prefix => new OutputRule(Bucket, prefix))],
        };
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
