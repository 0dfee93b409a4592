using System.Text.Json.Nodes;
using ScarNet.Cli.Deploy;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.Core.Tasks;
using ScarNet.EndToEnd.Launch;
using ScarNet.EndToEnd.Supervisor;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Tasks;

/// <summary>Functions that name a GA4GH task in place of a script: deployed, started by an object, run in real containers.</summary>
public sealed class TasksOfFunctions(LaunchFixture fixture, DockerFixture docker) : IClassFixture<LaunchFixture>
{
    [Fact]
    public async Task AreCarriedOutOnTheObjectThatStartsThem()
    {
        var function = await Function(
            "tr a-z A-Z < /in/x > /out/x; echo told",
            [new JsonObject { ["path"] = "/in/x" }, new JsonObject { ["path"] = "/in/ref", ["url"] = $"s3://{SupervisorFixture.Inbox}/refs/{{key_stem}}.ref" }],
            name => [
                new JsonObject { ["path"] = "/out/x", ["url"] = $"s3://{SupervisorFixture.Outbox}/{name}/{{function}}/{{key_stem}}.txt" },
                new JsonObject { ["path"] = "/in/ref", ["url"] = $"s3://{SupervisorFixture.Outbox}/{name}/ref/{{bucket}}/{{key}}" },
            ]);
        await fixture.Engine.Put("refs/in.ref", "reference");

        var run = await fixture.Run(function);

        Assert.Equal((RunStatus.Succeeded, 0, "batch"), (run.Status, run.ExitCode, run.RanIn));
        var outputs = await fixture.Outputs(function);
        Assert.Equal("HELLO\n", outputs[$"{function.Name}/in.txt"]);
        Assert.Equal("reference", outputs[$"ref/{SupervisorFixture.Inbox}/{function.Name}/in.txt"]);
        Assert.Equal(outputs.Keys.Select(key => $"{function.Name}/{key}").Order(StringComparer.Ordinal), run.Outputs.Select(output => output.Key).Order(StringComparer.Ordinal));
        Assert.Contains("told", await fixture.Log(run));
        Assert.Empty(await LaunchFixture.Containers($"scarnet.job={run.RequestId}"));
    }

    [Fact]
    public async Task SayWhereTheirOutputsCameFromSoThatLoopsEnd()
    {
        var function = await Function("cp /in/x /out/x", [new JsonObject { ["path"] = "/in/x" }]);

        var run = await fixture.Run(function);

        var metadata = (await fixture.Engine.S3.GetObjectMetadataAsync(SupervisorFixture.Outbox, Assert.Single(run.Outputs).Key)).Metadata;
        Assert.Equal("1", metadata[ObjectMetadata.Hops]);
        Assert.Equal(run.InvocationId, metadata[ObjectMetadata.Run]);
    }

    [Fact]
    public async Task EndWithTheExecutorsExitCodeAndKeepWhatThereIsApart()
    {
        var function = await Function("echo half > /out/x; echo why >&2; exit 42", [new JsonObject { ["path"] = "/in/x" }]);

        var run = await fixture.Run(function);

        Assert.Equal((RunStatus.Failed, 42, "why\n"), (run.Status, run.ExitCode, run.ErrorTail));
        Assert.Contains("executor 0 of the task", run.Error);
        Assert.Empty(await fixture.Outputs(function));
        Assert.Equal("half\n", Assert.Single(await fixture.Outputs(function, OutputRule.FailedPrefix)).Value);
    }

    [Fact]
    public async Task TellAnOutputThatIsMissing()
    {
        var function = await Function("true", [new JsonObject { ["path"] = "/in/x" }]);

        var run = await fixture.Run(function);

        Assert.Equal((RunStatus.Failed, ExitCodes.OutputMissing), (run.Status, run.ExitCode));
        Assert.Equal("outputs[0]: there is no file '/out/x'", run.Error);
    }

    [Fact]
    public async Task HaveTheMemoryOfTheirJob()
    {
        var function = await Function("x=$(head -c 200m /dev/zero | tr '\\000' x); echo ${#x}", [new JsonObject { ["path"] = "/in/x" }]);

        var run = await fixture.Run(function);

        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Contains("it ran out of memory, of which it had 64 MiB", run.Error);
    }

    [Fact]
    public async Task AreDeployedAnewWhenTheirFileChanges()
    {
        var function = await Function("cp /in/x /out/x", [new JsonObject { ["path"] = "/in/x" }]);
        await fixture.Init(function);
        Assert.All((await fixture.Plan(function)).Steps, step => Assert.Equal(StepKind.Keep, step.Kind));

        await File.WriteAllTextAsync(function.Script!.Path!, (await File.ReadAllTextAsync(function.Script.Path!)).Replace("cp /in", "cp  /in", StringComparison.Ordinal));

        Assert.Contains((await fixture.Plan(function)).Steps, step => step.Function == function.Name && step.Kind is StepKind.Update or StepKind.Create);
    }

    /// <summary>The supervisor itself in a container, as 'supervisor task' in a job of one's own is.</summary>
    [Fact]
    public async Task RunFromInsideAContainerToo()
    {
        var scratch = fixture.NewDirectory();
        var task = TaskFixture.Task(
            [new JsonObject { ["image"] = await docker.Busybox(), ["command"] = new JsonArray("cp", "/in/x", "/out/x") }],
            [TaskFixture.Content("/in/x", "from inside")],
            [TaskFixture.Output("/out/x", "x")]);
        task["outputs"]![0]!["url"] = $"s3://{SupervisorFixture.Outbox}/inside/x";

        var (exitCode, said) = await Supervise(task, "--volume", $"{scratch}:/elsewhere", "--env", "TMPDIR=/elsewhere");

        Assert.True(exitCode == 0, said);
        Assert.Equal("from inside", await fixture.Engine.Text(SupervisorFixture.Outbox, "inside/x"));
    }

    [Fact]
    public async Task SayThatTheirWorkspaceIsNotOnTheMachine()
    {
        var task = TaskFixture.Task([new JsonObject { ["image"] = await docker.Busybox(), ["command"] = new JsonArray("true") }]);

        var (exitCode, said) = await Supervise(task, "--tmpfs", "/elsewhere", "--env", "TMPDIR=/elsewhere");

        Assert.Equal(ExitCodes.ImageProblem, exitCode);
        Assert.Contains("of the supervisor's container is not on the machine", said);
    }

    private async Task<(int ExitCode, string Said)> Supervise(JsonObject task, params IEnumerable<string> options)
    {
        string[] variables = [.. fixture.Engine.ClientEnvironment.SelectMany(variable => new[] { "--env", $"{variable.Key}={variable.Value}" })];
        var id = await DockerFixture.Run([
            "run", "--detach", "--network", "host", "--volume", "/var/run/docker.sock:/var/run/docker.sock", .. variables, .. options,
            await fixture.Runner(docker), "/opt/scarnet/supervisor", "task", "base64:" + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(task.ToJsonString())),
        ]);
        return await LaunchFixture.End(id.Trim());
    }

    private async Task<FunctionDefinition> Function(string line, JsonArray inputs, Func<string, JsonArray>? outputs = null)
    {
        var function = LaunchFixture.Function("", "") with { Image = null };
        var task = TaskFixture.Task(
            [new JsonObject { ["image"] = await docker.Busybox(), ["command"] = new JsonArray("sh", "-c", line) }],
            inputs,
            outputs?.Invoke(function.Name) ?? [new JsonObject { ["path"] = "/out/x", ["url"] = $"s3://{SupervisorFixture.Outbox}/{function.Name}/{{key_name}}" }]);
        var file = Path.Join(fixture.NewDirectory(), "task.json");
        await File.WriteAllTextAsync(file, task.ToJsonString());
        var (read, problems) = TaskFile.Read(task.ToJsonString());
        Assert.Empty(problems);
        return function with { Script = ScriptSource.File(file) with { Task = read }, Outputs = read!.Outputs };
    }
}
