using ScarNet.Core.Functions;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>Functions for the tests of deployment.</summary>
internal static class Pipelines
{
    public static FunctionDefinition Inline(string name = "split") => new()
    {
        Name = name,
        Description = "splits",
        Script = ScriptSource.Line("cp \"$INPUT_FILE_PATH\" \"$TMP_OUTPUT_DIR\""),
        Triggers = [new Trigger($"{name}-in", "data=1/", [".txt", ".csv"])],
        Outputs = [new OutputRule($"{name}-out", "out/")],
        LambdaEnvironment = new Dictionary<string, string> { ["LEVEL"] = "010" },
        Tags = new Dictionary<string, string> { ["team"] = "a" },
        Retries = 1,
    };

    public static FunctionDefinition Batch(string name = "count", string script = "true") => new()
    {
        Name = name,
        Image = "busybox",
        Mode = ExecutionMode.Batch,
        Script = ScriptSource.Line(script),
        Triggers = [new Trigger($"{name}-in", "")],
        Outputs = [new OutputRule($"{name}-out", "")],
        Environment = new Dictionary<string, string> { ["ITERATIONS"] = "10000" },
        Batch = new() { Timeout = TimeSpan.FromMinutes(5), Environment = new Dictionary<string, string> { ["ONLY_HERE"] = "yes" } },
    };
}
