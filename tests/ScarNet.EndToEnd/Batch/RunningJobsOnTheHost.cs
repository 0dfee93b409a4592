namespace ScarNet.EndToEnd.Batch;

public sealed class RunningJobsOnTheHost(BatchFixture batch) : IClassFixture<BatchFixture>
{
    [Fact]
    public async Task TellsHowTheJobWent()
    {
        var definition = await batch.Define("tell", "echo to output; echo to error >&2");

        var job = await batch.WaitForEnd(await batch.Submit(definition));

        Assert.Equal("SUCCEEDED", (string?)job["status"]);
        Assert.Equal("Essential container in task exited", (string?)job["statusReason"]);
        Assert.Equal(0, (int)job["container"]!["exitCode"]!);
        Assert.Equal("arn:aws:batch:us-east-1:000000000000:job-queue/shared", (string?)job["jobQueue"]);
        Assert.EndsWith($":job-definition/{definition}", (string?)job["jobDefinition"]);
        Assert.Single(job["attempts"]!.AsArray());
        Assert.StartsWith("tell/default/", (string?)job["container"]!["logStreamName"]);
        Assert.InRange((long)job["startedAt"]!, (long)job["createdAt"]!, (long)job["stoppedAt"]!);
        Assert.Equal(["to error", "to output"], (await batch.Log(job)).Order());
    }

    [Fact]
    public async Task KeepsTheExitCodeOfAFailure()
    {
        var job = await batch.WaitForEnd(await batch.Submit(await batch.Define("fail", "exit 42")));

        Assert.Equal("FAILED", (string?)job["status"]);
        Assert.Equal(42, (int)job["container"]!["exitCode"]!);
        Assert.Equal(42, (int)job["attempts"]![0]!["container"]!["exitCode"]!);
    }

    [Fact]
    public async Task SeesWhatBatchAndTheEngineSet()
    {
        var definition = await batch.Define(
            "environment",
            "env",
            "--container-properties",
            """
            {"image":"none","command":["env"],"vcpus":1,"memory":64,
             "environment":[{"name":"FROM_DEFINITION","value":"d"},{"name":"BOTH","value":"definition"}]}
            """);

        var id = await batch.Submit(
            definition,
            "--container-overrides",
            """{"environment":[{"name":"BOTH","value":"override"},{"name":"LINES","value":"a\nb"}]}""");
        var log = await batch.Log(await batch.WaitForEnd(id));

        Assert.Contains($"AWS_BATCH_JOB_ID={id}", log);
        Assert.Contains("AWS_BATCH_JOB_ATTEMPT=1", log);
        Assert.Contains("AWS_BATCH_JQ_NAME=shared", log);
        Assert.Contains("AWS_BATCH_CE_NAME=shared", log);
        Assert.Contains("FROM_DEFINITION=d", log);
        Assert.Contains("BOTH=override", log);
        Assert.Contains("LINES=a", log);
        Assert.Contains($"AWS_ENDPOINT_URL={batch.Engine.Endpoint.GetLeftPart(UriPartial.Authority)}", log);
        Assert.Contains("AWS_REGION=us-east-1", log);
    }

    [Fact]
    public async Task PutsParametersIntoTheCommand()
    {
        var definition = await batch.Define("parameters", ["echo", "Ref::first", "Ref::second", "x=Ref::second"], "--parameters", "first=a b,second=c");

        var log = await batch.Log(await batch.WaitForEnd(await batch.Submit(definition, "--parameters", "second=$HOME")));

        Assert.Equal(["a b $HOME x=$HOME"], log);
    }

    [Fact]
    public async Task RefusesAParameterWithoutAValue()
    {
        var definition = await batch.Define("missing", ["echo", "Ref::nothing"]);

        var error = await batch.Refused(
            "submit-job", "--job-name", "job", "--job-queue", BatchFixture.Queue, "--job-definition", definition);

        Assert.Contains("(ClientException)", error);
        Assert.Contains("parameter 'nothing'", error);
    }

    [Fact]
    public async Task EndsAtItsTimeoutWithTimeToTidyUp()
    {
        var definition = await batch.Define(
            "timeout", "trap 'echo tidied up; exit 3' TERM; echo up; while :; do sleep 0.05; done", "--timeout", "attemptDurationSeconds=60",
            "--retry-strategy", "attempts=3");

        var job = await batch.WaitForEnd(await batch.Submit(definition));

        Assert.Equal("FAILED", (string?)job["status"]);
        Assert.Equal("Job attempt duration exceeded timeout", (string?)job["statusReason"]);
        Assert.Equal(3, (int)job["container"]!["exitCode"]!);
        Assert.Single(job["attempts"]!.AsArray());
        Assert.Equal(["up", "tidied up"], (await batch.Log(job)).Where(line => line.Contains("up")));
    }

    [Fact]
    public async Task IsKilledWhenItDoesNotEnd()
    {
        var definition = await batch.Define("deaf", "trap '' TERM; while :; do sleep 0.05; done", "--timeout", "attemptDurationSeconds=60");

        var job = await batch.WaitForEnd(await batch.Submit(definition));

        Assert.Equal("Job attempt duration exceeded timeout", (string?)job["statusReason"]);
        Assert.Equal(137, (int)job["container"]!["exitCode"]!);
    }

    [Fact]
    public async Task IsTriedAgainAsItsRulesSay()
    {
        var definition = await batch.Define(
            "retry",
            "test $AWS_BATCH_JOB_ATTEMPT = 3 && exit 5; exit 196",
            "--retry-strategy",
            """{"attempts":5,"evaluateOnExit":[{"onExitCode":"196","action":"RETRY"},{"onReason":"*","action":"EXIT"}]}""");

        var job = await batch.WaitForEnd(await batch.Submit(definition));

        Assert.Equal("FAILED", (string?)job["status"]);
        Assert.Equal([196, 196, 5], job["attempts"]!.AsArray().Select(attempt => (int)attempt!["container"]!["exitCode"]!));
        var streams = job["attempts"]!.AsArray().Select(attempt => (string)attempt!["container"]!["logStreamName"]!).ToList();
        Assert.Equal(streams.Distinct(), streams);
        Assert.Equal(streams[^1], (string?)job["container"]!["logStreamName"]);
    }

    [Fact]
    public async Task EndsWhenItIsTerminated()
    {
        var definition = await batch.Define("terminate", "sleep 1000 & wait", "--retry-strategy", "attempts=2");
        var id = await batch.Submit(definition);
        await batch.Until(id, "RUNNING");

        await batch.Batch("terminate-job", "--job-id", id, "--reason", "not needed any more");

        var job = await batch.WaitForEnd(id);
        Assert.Equal("FAILED", (string?)job["status"]);
        Assert.Equal("not needed any more", (string?)job["statusReason"]);
        Assert.Equal(143, (int)job["container"]!["exitCode"]!);
        Assert.Single(job["attempts"]!.AsArray());
    }

    [Fact]
    public async Task TellsThatMemoryRanOut()
    {
        var definition = await batch.Define("memory", "tail /dev/zero");

        var job = await batch.WaitForEnd(await batch.Submit(definition));

        Assert.Equal("FAILED", (string?)job["status"]);
        Assert.Equal("OutOfMemoryError: Container killed due to memory usage", (string?)job["container"]!["reason"]);
        Assert.Equal(137, (int)job["container"]!["exitCode"]!);
    }

    [Fact]
    public async Task FindsAVolumeOfTheHostUnderTheEnginesDirectory()
    {
        var definition = await batch.Define(
            "volume",
            "unused",
            "--container-properties",
            """
            {"image":"none","command":["cp","/etc/hostname","/shared/result"],"vcpus":1,"memory":64,
             "volumes":[{"name":"v","host":{"sourcePath":"/some/where"}}],"mountPoints":[{"sourceVolume":"v","containerPath":"/shared"}]}
            """);

        var job = await batch.WaitForEnd(await batch.Submit(definition));

        Assert.Equal("SUCCEEDED", (string?)job["status"]);
        Assert.True(File.Exists(Path.Join(batch.DataDirectory, "host/some/where/result")));
    }
}
