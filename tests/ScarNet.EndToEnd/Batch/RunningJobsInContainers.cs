using System.Text.Json;
using ScarNet.EndToEnd.Supervisor;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Batch;

public sealed class RunningJobsInContainers(BatchFixture batch, DockerFixture docker) : IClassFixture<BatchFixture>
{
    [Fact]
    public async Task RunsTheImagesOwnPrograms()
    {
        var definition = await Define("inside", await docker.Busybox(), ["sh", "-c", "test ! -e /usr/bin/dotnet; echo $? in $(readlink -f /bin/sh); printf '%s' \"$LINES\""]);

        var job = await batch.WaitForEnd(await batch.Submit(
            definition, "--container-overrides", JsonSerializer.Serialize(new { environment = new[] { new { name = "LINES", value = "a\n\"b\" $c" } } })));

        Assert.Equal("SUCCEEDED", (string?)job["status"]);
        Assert.Equal(["0 in /bin/busybox", "a", "\"b\" $c"], await batch.Log(job));
    }

    [Fact]
    public async Task ReachesTheEngineAndItsVolumes()
    {
        var port = batch.Engine.Endpoint.Port;
        Directory.CreateDirectory(Path.Join(batch.DataDirectory, "host/in"));
        await File.WriteAllTextAsync(Path.Join(batch.DataDirectory, "host/in/file"), "from the host", TestContext.Current.CancellationToken);
        var definition = await Define(
            "volumes",
            await docker.Busybox(),
            ["sh", "-c", $"cat /in/file > /scratch/x && cat /scratch/x && ! touch /in/y && wget -O- http://127.0.0.1:{port}/"],
            """
            ,"volumes":[{"name":"in","host":{"sourcePath":"/in"}},{"name":"scratch"}],
            "mountPoints":[{"sourceVolume":"in","containerPath":"/in","readOnly":true},{"sourceVolume":"scratch","containerPath":"/scratch"}]
            """);

        var log = await batch.Log(await batch.WaitForEnd(await batch.Submit(definition)));

        Assert.Contains(log, line => line.Contains("from the host"));
        Assert.Contains(log, line => line.Contains("Read-only file system"));
        Assert.Contains(log, line => line.Contains("HTTP/1.1 403")); // the engine, which wants a signature
    }

    [Fact]
    public async Task TellsThatMemoryRanOut()
    {
        var job = await batch.WaitForEnd(await batch.Submit(await Define("hungry", await docker.Busybox(), ["tail", "/dev/zero"])));

        Assert.Equal("FAILED", (string?)job["status"]);
        Assert.Equal(137, (int)job["container"]!["exitCode"]!);
        Assert.Equal("OutOfMemoryError: Container killed due to memory usage", (string?)job["container"]!["reason"]);
    }

    [Fact]
    public async Task TellsThatTheImageCannotBePulled()
    {
        var definition = await Define(
            "imageless", "127.0.0.1:1/none:1", ["true"], "",
            "--retry-strategy", """{"attempts":3,"evaluateOnExit":[{"onReason":"CannotPullContainerError*","action":"EXIT"}]}""");

        var job = await batch.WaitForEnd(await batch.Submit(definition));

        Assert.Equal("FAILED", (string?)job["status"]);
        Assert.Equal("Task failed to start", (string?)job["statusReason"]);
        Assert.StartsWith("CannotPullContainerError: image '127.0.0.1:1/none:1'", (string?)job["container"]!["reason"]);
        Assert.Null(job["container"]!["exitCode"]);
        Assert.Single(job["attempts"]!.AsArray());
    }

    [Fact]
    public async Task EndsAtItsTimeoutAndLeavesNothing()
    {
        var definition = await Define(
            "slow", await docker.Busybox(), ["sh", "-c", "trap 'echo bye; exit 9' TERM; while :; do sleep 0.1; done"], "",
            "--timeout", "attemptDurationSeconds=60");
        var id = await batch.Submit(definition);

        var job = await batch.WaitForEnd(id);

        Assert.Equal("Job attempt duration exceeded timeout", (string?)job["statusReason"]);
        Assert.Equal(9, (int)job["container"]!["exitCode"]!);
        Assert.Equal(["bye"], await batch.Log(job));
        Assert.Equal("", await DockerFixture.Run(["ps", "--all", "--quiet", "--filter", $"label=scarnet.job={id}"]));
    }

    [Fact]
    public async Task IsEndedWithTheEngineAndMadeAgain()
    {
        var mark = Path.Join(batch.DataDirectory, "host/again/mark");
        var definition = await Define(
            "again", await docker.Busybox(), ["sh", "-c", "echo x >> /again/mark; test $(wc -l < /again/mark) = 2 || sleep 1000"],
            """,   "volumes":[{"name":"v","host":{"sourcePath":"/again"}}],"mountPoints":[{"sourceVolume":"v","containerPath":"/again"}]""");
        var id = await batch.Submit(definition);
        await JobProcess.Until(mark);

        await batch.Restart();

        var job = await batch.WaitForEnd(id);
        Assert.Equal("SUCCEEDED", (string?)job["status"]);
        Assert.Single(job["attempts"]!.AsArray());
    }

    private async Task<string> Define(string name, string image, string[] command, string moreProperties = "", params string[] more)
    {
        var properties = BatchFixture.Properties(image, command, memory: 24);
        var answer = await batch.Batch([
            "register-job-definition", "--job-definition-name", name, "--type", "container", "--container-properties",
            properties[..^1] + moreProperties + "}", .. more]);
        return $"{answer["jobDefinitionName"]}:{answer["revision"]}";
    }
}
