using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.Core.Tasks;
using ScarNet.EndToEnd.Launch;
using ScarNet.EndToEnd.Supervisor;

namespace ScarNet.EndToEnd.Tasks;

/// <summary>Functions that name a CWL tool in place of a script: run by the real cwltool, as jobs without an image.</summary>
public sealed class ToolsOfFunctions(LaunchFixture fixture) : IClassFixture<LaunchFixture>
{
    [Fact]
    public async Task TakeTheObjectAndTheFurtherInputsByName()
    {
        await fixture.Engine.Put("tools/tree/a.txt", "a");
        await fixture.Engine.Put("tools/tree/sub/b.txt", "b");
        await fixture.Engine.Put("tools/one.txt", "one");
        await fixture.Engine.Put("tools/two.txt", "two");
        var function = await Function(
            "cat \"$0\"; find -L \"$1\" -type f | sed 's|.*/||' | sort; shift; cat \"$@\"",
            [
                new("input_file", CwlInputKind.File, IsList: false, IsOptional: false),
                new("tree", CwlInputKind.Directory, IsList: false, IsOptional: false),
                new("more", CwlInputKind.File, IsList: true, IsOptional: false),
            ]) with
        {
            Inputs =
            [
                new($"s3://{SupervisorFixture.Inbox}/tools/tree/") { Name = "tree" },
                new($"s3://{SupervisorFixture.Inbox}/tools/*.txt") { Name = "more" },
            ],
        };

        var run = await fixture.Run(function);

        Assert.Equal((RunStatus.Succeeded, null), (run.Status, run.Error));
        Assert.Equal("hello\na.txt\nb.txt\nonetwo", (await fixture.Outputs(function))["out.txt"]);
    }

    [Fact]
    public async Task FailWithCwltoolsExitCode()
    {
        var function = await Function("exit 3", [new("input_file", CwlInputKind.File, IsList: false, IsOptional: false)]);

        var run = await fixture.Run(function);

        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.InRange(run.ExitCode ?? 0, 1, 192);
        Assert.Contains("permanentFail", run.ErrorTail);
    }

    private async Task<FunctionDefinition> Function(string line, IReadOnlyList<CwlInput> inputs)
    {
        var file = Path.Join(fixture.NewDirectory(), "tool.cwl");
        var ports = inputs.Select((input, i) => $"  {input.Name}: {{type: '{input.Kind}{(input.IsList ? "[]" : "")}', inputBinding: {{position: {i + 1}}}}}\n");
        await File.WriteAllTextAsync(file, $"""
            cwlVersion: v1.2
            class: CommandLineTool
            baseCommand: [sh, -c, '{line.Replace("'", "''", StringComparison.Ordinal)}']
            stdout: out.txt
            inputs:
            {string.Concat(ports)}
            outputs:
              out: stdout

            """);
        return LaunchFixture.Function("", "") with
        {
            Image = null,
            Script = ScriptSource.File(file) with { Cwl = new(inputs, NeedsDocker: false) },
            Batch = new() { MemoryMiB = 512 },
        };
    }
}
