using System.Text.Json.Nodes;
using ScarNet.EndToEnd.Support;
using ScarNet.EndToEnd.Supervisor;

namespace ScarNet.EndToEnd.Tasks;

/// <summary>How GA4GH tasks end that do not succeed, and what they leave.</summary>
public sealed class EndingTasks(TaskFixture tasks) : IClassFixture<TaskFixture>
{
    [Fact]
    public async Task AMissingOutputIsASystemErrorOfItsOwn()
    {
        var result = await tasks.Run(TaskFixture.Task(
            [tasks.Shell("echo there > /data/there")],
            outputs: [TaskFixture.Output("/data/missing", "missing/a"), TaskFixture.Output("/data/there", "missing/b")]));

        Assert.Equal(195, result.ExitCode);
        Assert.Equal("SYSTEM_ERROR", result.State);
        Assert.Contains("outputs[0]: there is no file '/data/missing'", result.SystemLogs);
        Assert.Equal(["b"], (await tasks.Objects("missing/")).Keys);
    }

    [Fact]
    public async Task AMissingInputIsASystemErrorAndNothingRuns()
    {
        var result = await tasks.Run(TaskFixture.Task(
            [tasks.Shell("echo never")], [new JsonObject { ["path"] = "/in/x", ["url"] = tasks.Web.Address + "/nothing?token=secret" }]));

        Assert.Equal(193, result.ExitCode);
        Assert.Equal("SYSTEM_ERROR", result.State);
        Assert.Empty(result.ExitCodes);
        Assert.Contains($"inputs[0]: there is nothing at '{tasks.Web.Address}/nothing'", result.SystemLogs);
        Assert.DoesNotContain("secret", result.Process.Error);
    }

    [Fact]
    public async Task AnImageThatIsNotThereIsTold()
    {
        var result = await tasks.Run("""{"executors": [{"image": "127.0.0.1:1/none:1", "command": ["true"]}]}""");

        Assert.Equal(197, result.ExitCode);
        Assert.Equal("SYSTEM_ERROR", result.State);
        Assert.Contains("CannotPullContainerError: image '127.0.0.1:1/none:1'", result.SystemLogs);
    }

    [Fact]
    public async Task EveryProblemOfATaskFileIsToldWithItsPlace()
    {
        var result = await tasks.Run("""{"executors": [{"command": []}], "inputs": [{"path": "x", "url": "gopher://x"}]}""");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("executors[0].image: it is missing", result.Process.Error);
        Assert.Contains("executors[0].command: it must be a list of one text or more", result.Process.Error);
        Assert.Contains("inputs[0].path: 'x' must be an absolute path", result.Process.Error);
    }

    [Theory]
    [InlineData("-TERM")]
    [InlineData("-INT")]
    public async Task ToldToEndItBringsAwayWhatThereIsAndRemovesTheContainer(string signal)
    {
        var key = "ended" + signal;
        var task = tasks.WriteFile(key + ".json", TaskFixture.Task(
            [tasks.Shell("echo part > /data/part; echo ready; sleep 1000")],
            outputs: [TaskFixture.Output("/data/part", key)]).ToJsonString());
        var id = $"task-{Guid.NewGuid():N}";
        using var supervisor = TaskProcess.Start(["task", task, "--id", id, "--log", task + ".log"], tasks.Environment);
        await supervisor.Says("ready");

        await Command.Run("kill", [signal, $"{supervisor.Id}"]);

        Assert.Equal(143, await supervisor.Ended());
        Assert.Equal("part\n", (await tasks.Objects(key))[""]);
        Assert.Equal("CANCELED", (string?)JsonNode.Parse(await File.ReadAllTextAsync(task + ".log"))!["state"]);
        Assert.Empty(await DockerFixture.Run(["ps", "-aq", "--filter", $"label=scarnet.task={id}"]));
        Assert.Empty(Directory.GetDirectories(tasks.Temporary, "w-*", SearchOption.AllDirectories).Where(w => File.Exists(Path.Join(w, "files", "data", "part"))));
    }

    [Fact]
    public async Task WhatAKilledSupervisorLeftIsRemovedByTheNext()
    {
        var id = $"task-{Guid.NewGuid():N}";
        var task = tasks.WriteFile("killed.json", TaskFixture.Task([tasks.Shell("echo ready; sleep 1000")]).ToJsonString());
        using var supervisor = TaskProcess.Start(["task", task, "--id", id], tasks.Environment);
        await supervisor.Says("ready");
        await Command.Run("kill", ["-KILL", $"{supervisor.Id}"]);
        await supervisor.Ended();
        Assert.NotEmpty(await DockerFixture.Run(["ps", "-aq", "--filter", $"label=scarnet.task={id}"]));

        await tasks.Run(TaskFixture.Task([tasks.Shell("true")]));

        Assert.Empty(await DockerFixture.Run(["ps", "-aq", "--filter", $"label=scarnet.task={id}"]));
    }
}
