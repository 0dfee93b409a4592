using System.Text.Json.Nodes;
using ScarNet.EndToEnd.Support;
using ScarNet.EndToEnd.Supervisor;

namespace ScarNet.EndToEnd.Tasks;

/// <summary>GA4GH tasks, carried out by the native supervisor in real containers, with no server.</summary>
public sealed class CarryingOutTasks(TaskFixture tasks) : IClassFixture<TaskFixture>
{
    [Fact]
    public async Task TheFoundingDocumentsOwnTaskRuns()
    {
        tasks.Web["/index.html"] = "<html>hello</html>\n";
        await DockerFixture.Run(["tag", tasks.Image, "alpine"]);
        try
        {
            // As the document has it, but for the host of its one URL.
            var result = await tasks.Run($$"""
                {
                  "name": "md5sum",
                  "description": "Calculate the md5sum of a file",
                  "executors": [{ "image": "alpine", "command": ["sh", "-c", "md5sum /tmp/inputfile > /tmp/md5sum.txt"] }],
                  "inputs": [{ "name": "inputfile", "description": "file to be md5sum-ed", "url": "{{tasks.Web.Address}}/index.html", "path": "/tmp/inputfile" }],
                  "outputs": [{ "name": "md5sum", "url": "s3://mybucket/results/md5sum.txt", "path": "/tmp/md5sum.txt" }]
                }
                """);

            Assert.Equal("COMPLETE", result.State);
            Assert.Equal(0, result.ExitCode);
            Assert.Equal("b328c4e3d6de7ace5192977fc079f644  /tmp/inputfile\n", (await tasks.Objects("results/md5sum.txt"))[""]);
            Assert.Equal("49", (string?)result.Log["outputs"]![0]!["size_bytes"]);
        }
        finally
        {
            await DockerFixture.Run(["rmi", "alpine"]);
        }
    }

    [Theory(DisplayName = "runtask_https_never_matches")]
    [InlineData("web")]
    [InlineData("s3")]
    [InlineData("base64")]
    [InlineData("stdin")]
    public async Task TaskFilesComeFromAnywhere(string source)
    {
        var task = TaskFixture.Task([tasks.Shell("echo from " + source)]).ToJsonString();
        tasks.Web["/task.json"] = task;
        await tasks.Put("tasks/t.json", task);
        var argument = source switch
        {
            "web" => tasks.Web.Address + "/task.json",
            "s3" => $"s3://{TaskFixture.Bucket}/tasks/t.json",
            "base64" => "base64:" + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(task)),
            _ => "-",
        };

        var result = await Command.Run(SupervisorBinary.FullName, ["task", argument], tasks.Environment, input: source == "stdin" ? task : null);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal($"from {source}\n", result.Output);
    }

    [Fact(DisplayName = "funnel_stdin_truncated")]
    public async Task StandardInputIsReadAndLeftAsItWas()
    {
        var text = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"line {i}\n"));
        var result = await tasks.Run(TaskFixture.Task(
            [
                tasks.Shell("cat", e => { e["stdin"] = "/data/in.txt"; e["stdout"] = "/data/copy.txt"; }),
                tasks.Shell("head -n 1", e => e["stdin"] = "/data/in.txt"), // does not read it all
                tasks.Shell("cmp /data/in.txt /data/copy.txt"),
            ],
            [TaskFixture.Content("/data/in.txt", text)],
            [TaskFixture.Output("/data/copy.txt", "stdin/copy.txt"), TaskFixture.Output("/data/in.txt", "stdin/in.txt")]));

        Assert.Equal("COMPLETE", result.State);
        Assert.Equal("line 0\n", (string?)result.Log["logs"]![1]!["stdout"]);
        var objects = await tasks.Objects("stdin/");
        Assert.Equal(text, objects["copy.txt"]);
        Assert.Equal(text, objects["in.txt"]);
    }

    [Fact(DisplayName = "funnel_ignore_error_third")]
    public async Task AnIgnoredErrorStopsNoneOfTheExecutorsAfterIt()
    {
        var result = await tasks.Run(TaskFixture.Task(
            [
                tasks.Shell("exit 4", e => e["ignore_error"] = true),
                tasks.Shell("echo second"),
                tasks.Shell("echo third > /data/third"),
            ],
            outputs: [TaskFixture.Output("/data/third", "ignored/third")]));

        Assert.Equal("COMPLETE", result.State);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal([4, 0, 0], result.ExitCodes);
        Assert.Equal("third\n", (await tasks.Objects("ignored/"))["third"]);
    }

    [Fact(DisplayName = "funnel_prefix_sibling_leak")]
    public async Task ADirectoryDoesNotBringItsSiblings()
    {
        await tasks.Put("in/data/a.txt", "a");
        await tasks.Put("in/data/sub/b c.txt", "b");
        await tasks.Put("in/data2/leak.txt", "leak");
        await tasks.Put("in/data.txt", "leak");

        var result = await tasks.Run(TaskFixture.Task(
            [tasks.Shell("cd /in && find . -type f | sort > /out/list && cp -r . /out/copy")],
            [new JsonObject { ["url"] = $"s3://{TaskFixture.Bucket}/in/data", ["path"] = "/in", ["type"] = "DIRECTORY" }],
            [TaskFixture.Output("/out", "siblings", "DIRECTORY")]));

        Assert.Equal("COMPLETE", result.State);
        var objects = await tasks.Objects("siblings/");
        Assert.Equal("./a.txt\n./sub/b c.txt\n", objects["list"]);
        Assert.Equal(["copy/a.txt", "copy/sub/b c.txt", "list"], objects.Keys);
    }

    [Fact(DisplayName = "funnel_exported_task_self_cancels")]
    public async Task ATaskThatAServerExportedRunsAgain()
    {
        var task = TaskFixture.Task([tasks.Shell("echo again")]);
        task["id"] = "c0ffee";
        task["state"] = "COMPLETE";
        task["creation_time"] = "2020-01-01T00:00:00Z";
        task["logs"] = new JsonArray(new JsonObject { ["logs"] = new JsonArray(new JsonObject { ["exit_code"] = 1 }) });
        task["of_tomorrow"] = 1;

        var result = await tasks.Run(task);

        Assert.Equal("COMPLETE", result.State);
        Assert.Equal("again\n", result.Process.Output);
        Assert.NotEqual("c0ffee", (string?)result.Document!["id"]);
        Assert.Equal([0], result.ExitCodes);
    }

    [Fact(DisplayName = "funnel_exit_code_lost")]
    public async Task TheExitCodeIsTheExecutorsAndOutputsAreStillBroughtAway()
    {
        var result = await tasks.Run(TaskFixture.Task(
            [tasks.Shell("echo half > /data/half; exit 42"), tasks.Shell("echo never")],
            outputs: [TaskFixture.Output("/data/half", "failed/half"), TaskFixture.Output("/data/missing", "failed/missing")]));

        Assert.Equal(42, result.ExitCode);
        Assert.Equal("EXECUTOR_ERROR", result.State);
        Assert.Equal([42], result.ExitCodes);
        Assert.Equal(["half"], (await tasks.Objects("failed/")).Keys);
        Assert.Contains("there is no file '/data/missing'", result.SystemLogs);
    }

    [Fact]
    public async Task WildcardsTakeWhatAShellTakes()
    {
        var result = await tasks.Run(TaskFixture.Task(
            [tasks.Shell("mkdir -p /w/x/deep /w/y && touch /w/x/1.txt /w/x/.2.txt /w/x/deep/3.txt && echo four > /w/y/4.txt && touch /w/y/no")],
            outputs:
            [
                new JsonObject { ["path"] = "/w/*/[0-9].txt", ["path_prefix"] = "/w/", ["url"] = $"s3://{TaskFixture.Bucket}/wild" },
                new JsonObject { ["path"] = "/w/x/dee?", ["path_prefix"] = "/w", ["url"] = $"s3://{TaskFixture.Bucket}/trees/", ["type"] = "DIRECTORY" },
            ]));

        Assert.Equal("COMPLETE", result.State);
        Assert.Equal(["x/1.txt", "y/4.txt"], (await tasks.Objects("wild/")).Keys);
        Assert.Equal(["x/deep/3.txt"], (await tasks.Objects("trees/")).Keys);
        Assert.Contains("2 files that no output names are not kept", result.SystemLogs);
    }

    [Fact]
    public async Task LinksAreFollowedAsInTheContainerAndNeverToTheMachine()
    {
        var secret = tasks.WriteFile("secret.txt", "of the machine");
        var result = await tasks.Run(TaskFixture.Task(
            [
                tasks.Shell($"cd /out && echo real > real && ln -s /out/real absolute && ln -s real relative && ln -s {secret} stolen && ln -s .. up && ln -s /nowhere dangling"),
                tasks.Shell("ln -sf /etc/passwd /tmp/log; true"),
            ],
            outputs: [TaskFixture.Output("/out", "links", "DIRECTORY")]));

        Assert.Equal("COMPLETE", result.State);
        var objects = await tasks.Objects("links/");
        Assert.Equal(["absolute", "real", "relative"], objects.Keys);
        Assert.Equal("real\n", objects["absolute"]);
        Assert.Contains("'/out/stolen' is passed over", result.SystemLogs);
    }

    [Fact]
    public async Task AnExecutorCannotHaveAFileOfTheMachineWritten()
    {
        var victim = tasks.WriteFile("victim.txt", "untouched");
        var result = await tasks.Run(TaskFixture.Task(
            [tasks.Shell($"ln -s {victim} /data/log"), tasks.Shell("echo overwritten", e => e["stdout"] = "/data/log")]));

        Assert.Equal("SYSTEM_ERROR", result.State);
        Assert.Equal("untouched", await File.ReadAllTextAsync(victim));
    }

    [Fact]
    public async Task ExecutorsSeeWhatTheTaskSays()
    {
        var task = TaskFixture.Task(
            [
                tasks.Shell("pwd; echo \"$GREETING\"; echo err >&2; echo v > /vol/v; id -u", e =>
                {
                    e["workdir"] = "/bin";
                    e["env"] = new JsonObject { ["GREETING"] = "it's $HOME \"quoted\"\nand more" };
                    e["stdout"] = "/logs/out";
                    e["stderr"] = "/logs/err";
                }),
                new JsonObject { ["image"] = tasks.Image, ["command"] = new JsonArray("cat", "/vol/v", "/script") },
                new JsonObject { ["image"] = tasks.Image, ["command"] = new JsonArray("/script") },
            ],
            [TaskFixture.Content("/script", "#!/bin/sh\necho $0 runs\n")],
            [TaskFixture.Output("/logs", "seen", "DIRECTORY"), new JsonObject { ["path"] = "/logs/out", ["url"] = tasks.Web.Address + "/put/out" }]);
        task["volumes"] = new JsonArray("/vol/");
        task["tags"] = new JsonObject { ["who; rm -rf /"] = "a=b,\"c\"" };
        task["resources"] = new JsonObject { ["cpuCores"] = 1, ["ramGb"] = 0.064 };

        var result = await tasks.Run(task);

        Assert.Equal("COMPLETE", result.State);
        var objects = await tasks.Objects("seen/");
        Assert.Equal("/bin\nit's $HOME \"quoted\"\nand more\n0\n", objects["out"]);
        Assert.Equal("err\n", objects["err"]);
        Assert.Equal(objects["out"], tasks.Web["/put/out"]);
        Assert.Equal("v\n#!/bin/sh\necho $0 runs\n", (string?)result.Log["logs"]![1]!["stdout"]);
        Assert.Equal("/script runs\n", (string?)result.Log["logs"]![2]!["stdout"]);
        Assert.Matches("^....-..-..T..:..:..\\....Z$", (string?)result.Log["start_time"]);
    }

    [Fact]
    public async Task MemoryIsALimit()
    {
        var task = TaskFixture.Task([tasks.Shell("x=$(head -c 200m /dev/zero | tr '\\000' x); echo ${#x}")]);
        task["resources"] = new JsonObject { ["ram_gb"] = 0.032 };

        var result = await tasks.Run(task);

        Assert.Equal("EXECUTOR_ERROR", result.State);
        Assert.Contains("killed for memory: it had 30 MiB; 'ram_gb' gives it more", result.SystemLogs);
    }

    [Fact]
    public async Task AReadOnlyRootLeavesOnlyTheTasksPlaces()
    {
        var result = await tasks.Run(
            TaskFixture.Task([tasks.Shell("echo x > /tmp/x && echo y > /data/y && ! echo z > /bin/z")], outputs: [TaskFixture.Output("/data/y", "ro/y")]),
            "--read-only-root");

        Assert.Equal("COMPLETE", result.State);
        Assert.Equal("y\n", (await tasks.Objects("ro/"))["y"]);
    }

    [Fact]
    public async Task NamedInputsAndOutputsAreSetFromOutside()
    {
        tasks.WriteFile("given.txt", "given");
        var result = await tasks.Run(
            TaskFixture.Task(
                [tasks.Shell("cp /in/a /out/a")],
                [new JsonObject { ["name"] = "a", ["path"] = "/in/a" }],
                [new JsonObject { ["name"] = "r", ["path"] = "/out/a", ["url"] = "s3://elsewhere/x" }]),
            "--input", "a=given.txt", "--output", $"r=s3://{TaskFixture.Bucket}/named/a");

        Assert.Equal("COMPLETE", result.State);
        Assert.Equal("given", (await tasks.Objects("named/"))["a"]);
    }
}
