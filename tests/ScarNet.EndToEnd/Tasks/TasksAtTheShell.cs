using System.Text.Json.Nodes;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Tasks;

/// <summary>'scarnet task run' and 'scarnet tes serve' as the commands that they are, asked by curl, ended by signals.</summary>
public sealed class TasksAtTheShell(TaskFixture tasks) : IClassFixture<TaskFixture>
{
    private readonly string data = Path.Join(tasks.Files, Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task ATaskRunsAsACommand()
    {
        await tasks.Put("shell/in.txt", "hello\n");
        var task = tasks.WriteFile("shell.json", TaskFixture.Task(
            [tasks.Shell("tr a-z A-Z < /in/x > /out/x; echo told")],
            [new JsonObject { ["name"] = "reads", ["path"] = "/in/x" }],
            [TaskFixture.Output("/out/x", "shell/out.txt")]).ToJsonString());

        var result = await Command.Run(
            Repository.Launcher, ["task", "run", task, "--input", $"reads=s3://{TaskFixture.Bucket}/shell/in.txt", "--log", task + ".log"], tasks.Environment);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("told\n", result.Output);
        Assert.Equal("HELLO\n", (await tasks.Objects("shell/"))["out.txt"]);
        Assert.Equal("COMPLETE", (string?)JsonNode.Parse(await File.ReadAllTextAsync(task + ".log"))!["state"]);
    }

    [Fact]
    public async Task AServerAnswersCurlAndCtrlCEndsItAndItsContainers()
    {
        using var server = Serve();
        var address = await server.Says("http://");
        var done = await Create(address, tasks.Shell("echo done"));
        Assert.Equal("COMPLETE", await Until(address, done, "COMPLETE"));
        var runs = await Create(address, tasks.Shell("sleep 1000"));
        await Until(address, runs, "RUNNING");

        await Command.Run("kill", ["-INT", $"{server.Id}"]);

        Assert.Equal(0, await server.Ended());
        Assert.Empty(await DockerFixture.Run(["ps", "-aq", "--filter", $"label=scarnet.task={runs}"]));
        using var next = Serve();
        address = await next.Says("http://");
        Assert.Equal(("CANCELED", "COMPLETE"), (await State(address, runs), await State(address, done)));
    }

    [Fact]
    public async Task AKilledServersTasksAreKnownToTheNext()
    {
        string runs, waits;
        using (var server = Serve())
        {
            var address = await server.Says("http://");
            runs = await Create(address, tasks.Shell("sleep 1000"));
            await Until(address, runs, "RUNNING");
            waits = await Create(address, tasks.Shell("echo at last"));
            Assert.Equal("QUEUED", await State(address, waits));
            await Command.Run("kill", ["-KILL", $"{server.Id}"]);
            await server.Ended();
        }

        using var next = Serve();
        var again = await next.Says("http://");

        Assert.Equal("COMPLETE", await Until(again, waits, "COMPLETE"));
        var lost = JsonNode.Parse((await Curl($"{again}/tasks/{runs}?view=FULL")).Output)!;
        Assert.Equal("SYSTEM_ERROR", (string?)lost["state"]);
        Assert.Contains("the server was killed while the task ran", lost["logs"]![0]!["system_logs"]!.ToJsonString());
    }

    [Fact]
    public async Task TwoServersDoNotShareADirectory()
    {
        using var server = Serve();
        await server.Says("http://");

        var second = await Command.Run(Repository.Launcher, ["tes", "serve", "--port", "0", "--data", data], tasks.Environment);

        Assert.Equal(2, second.ExitCode);
        Assert.Contains("another 'scarnet tes serve' keeps its tasks", second.Error);
    }

    private TaskProcess Serve() =>
        TaskProcess.Start(Repository.Launcher, ["tes", "serve", "--port", "0", "--concurrency", "1", "--data", data], tasks.Environment);

    private static async Task<string> Create(string address, JsonObject executor)
    {
        var created = await Curl("-d", TaskFixture.Task([executor]).ToJsonString(), $"{address}/tasks");
        return (string)JsonNode.Parse(created.Output)!["id"]!;
    }

    private static async Task<string?> State(string address, string id) => (string?)JsonNode.Parse((await Curl($"{address}/tasks/{id}")).Output)!["state"];

    private static async Task<string?> Until(string address, string id, string wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (true)
        {
            var state = await State(address, id);
            if (state == wanted || state is "COMPLETE" or "SYSTEM_ERROR" or "EXECUTOR_ERROR" or "CANCELED")
            {
                return state;
            }

            await Task.Delay(100, limit.Token);
        }
    }

    private static Task<CommandResult> Curl(params string[] arguments) => Command.Run("curl", ["-sS", "--fail-with-body", .. arguments]);
}
